package import Correlation
import Telemetry

/// Notices that a service shows a version it did not show before: a deploy that nobody declared.
///
/// Fed with windows in order of time. The first versions of a service are no deploy; a version that comes back is one only
/// when it was gone for an hour, so that two versions beside one another, as in a canary, are marked once. Bounded: the
/// longest unseen versions and services are forgotten first.
package struct VersionTracker: Sendable {
    private struct Version {
        var lastSeen: UInt64
        /// When it came, while it is not yet known to stay.
        var firstSeen: UInt64?
        var windows = 0
        var spans = 0
    }

    /// Fewer spans than this are a test call, not a deploy.
    package var minimumSpans = 20
    /// Minutes in which it must have been seen: a process that dies at once is no deploy.
    package var minimumWindows = 2
    /// Nanoseconds after which a version that comes back counts as deployed again.
    package var forgetting: UInt64 = 3_600_000_000_000

    private static let serviceLimit = 1_000
    private static let versionLimit = 100

    private var services: [String: [String: Version]] = [:]

    package init() {}

    /// Takes the next window; returns the deploys that it makes certain, in order of service and version.
    package mutating func observe(_ window: TelemetryWindow) -> [DeployMarker] {
        var seen: [String: [String: (spans: Int, first: UInt64)]] = [:]
        for operation in window.operations where !operation.version.isEmpty && operation.count > 0 {
            let bin = operation.bins.firstIndex { $0.spans > 0 } ?? 0
            let time = window.start + UInt64(bin) * TelemetryWindow.binLength
            let known = seen[operation.operation.service]?[operation.version]
            seen[operation.operation.service, default: [:]][operation.version] = (
                (known?.spans ?? 0) + operation.count, min(known?.first ?? .max, time)
            )
        }
        var markers: [DeployMarker] = []
        for (service, versions) in seen.sorted(by: { $0.key < $1.key }) {
            let isFirst = services[service] == nil
            for (version, evidence) in versions.sorted(by: { $0.key < $1.key }) {
                let marker = observe(service, version, evidence, at: window.start, isFirst: isFirst)
                if let marker { markers.append(marker) }
            }
        }
        forgetBeyondLimits()
        return markers
    }

    /// Versions that came at a time of Unix nanoseconds or later and are not yet known to stay, in order of service and version.
    package func candidates(since time: UInt64) -> [DeployMarker] {
        services.sorted { $0.key < $1.key }.flatMap { service, versions in
            versions.sorted { $0.key < $1.key }.compactMap { version, state in
                guard let first = state.firstSeen, first >= time else { return nil }
                return DeployMarker(service: service, version: version, at: first, source: .observed)
            }
        }
    }

    private mutating func observe(
        _ service: String,
        _ version: String,
        _ evidence: (spans: Int, first: UInt64),
        at time: UInt64,
        isFirst: Bool
    ) -> DeployMarker? {
        var state: Version
        if let known = services[service]?[version] {
            state = known
            if time > known.lastSeen, time - known.lastSeen > forgetting {
                state = Version(lastSeen: time, firstSeen: evidence.first)
            }
        } else {
            state = Version(lastSeen: time, firstSeen: isFirst ? nil : evidence.first)
        }
        state.lastSeen = max(state.lastSeen, time)
        defer { services[service, default: [:]][version] = state }
        guard let first = state.firstSeen else { return nil }
        state.windows += 1
        state.spans += evidence.spans
        guard state.windows >= minimumWindows, state.spans >= minimumSpans else { return nil }
        state.firstSeen = nil
        return DeployMarker(service: service, version: version, at: first, source: .observed)
    }

    private mutating func forgetBeyondLimits() {
        for (service, versions) in services where versions.count > VersionTracker.versionLimit {
            let newest = versions.sorted { ($1.value.lastSeen, $0.key) < ($0.value.lastSeen, $1.key) }
            services[service] = Dictionary(
                uniqueKeysWithValues: newest.prefix(VersionTracker.versionLimit).map { ($0.key, $0.value) }
            )
        }
        guard services.count > VersionTracker.serviceLimit else { return }
        let newest = services.map { (name: $0.key, time: $0.value.values.map(\.lastSeen).max() ?? 0) }
            .sorted { ($1.time, $0.name) < ($0.time, $1.name) }
        for service in newest.dropFirst(VersionTracker.serviceLimit) { services[service.name] = nil }
    }
}
