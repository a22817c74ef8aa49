/// What is said of a deploy, as the body of `POST /api/v1/deploys`.
package struct DeployRequest: Sendable, Hashable, Codable {
    package var service: String
    package var version: String
    /// Unix nanoseconds; now where it is missing.
    package var at: UInt64?
    package var message: String?
    package var url: String?

    package init(service: String, version: String, at: UInt64? = nil, message: String? = nil, url: String? = nil) {
        self.service = service
        self.version = version
        self.at = at
        self.message = message
        self.url = url
    }
}
