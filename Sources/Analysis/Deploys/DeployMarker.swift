/// The moment at which a version of a service began to take requests.
package struct DeployMarker: Sendable, Hashable, Codable {
    /// How it became known.
    package enum Source: String, Sendable, Hashable, Codable, CaseIterable {
        /// Somebody said so: `plimsoll deploy`, or over HTTP.
        case declared
        /// Spans came with another `service.version`.
        case observed
    }

    /// Unique, and the same for a marker that is declared twice: service, version and second.
    package var id: String
    package var service: String
    package var version: String
    /// Unix nanoseconds.
    package var at: UInt64
    package var source: Source
    package var message: String?
    /// Of the pipeline or the release.
    package var url: String?

    package init(
        service: String,
        version: String,
        at: UInt64,
        source: Source,
        message: String? = nil,
        url: String? = nil
    ) {
        id = "\(service)@\(version)@\(at / 1_000_000_000)"
        self.service = service
        self.version = version
        self.at = at
        self.source = source
        self.message = message
        self.url = url
    }
}

extension DeployMarker {
    /// As a sentence names it.
    package var title: String { version.isEmpty ? "the deploy of \(service)" : "\(service) \(version)" }
}
