package import Analysis
import Correlation

/// What a check is asked, on a command line or as the body of `POST /api/v1/checks`.
///
/// Moments are Unix nanoseconds.
package struct CheckRequest: Sendable, Hashable, Codable {
    /// What requests of the deployed service promise.
    package struct Objective: Sendable, Hashable, Codable {
        /// An entry of the service; `nil` for all of them.
        package var operation: String?
        /// Share of requests that must be good, such as 0.99.
        package var target: Double
        /// From which a request is bad though it did not fail.
        package var latencyMilliseconds: Double?

        package init(operation: String? = nil, target: Double, latencyMilliseconds: Double? = nil) {
            self.operation = operation
            self.target = target
            self.latencyMilliseconds = latencyMilliseconds
        }
    }

    /// Id of a deploy; without it the newest one that fits.
    package var deploy: String?
    package var service: String?
    package var version: String?
    /// When it was, where nobody marked it; with `service`.
    package var deployedAt: UInt64?
    /// The moment of the look; `nil` for now.
    package var at: UInt64?
    /// Compared on either side; `nil` for what the time since the deploy allows.
    package var windowSeconds: UInt64?
    package var objectives: [Objective]?

    package init(deploy: String? = nil, service: String? = nil, version: String? = nil, at: UInt64? = nil) {
        self.deploy = deploy
        self.service = service
        self.version = version
        self.at = at
    }

    /// Seconds that a side may have.
    package static let windowRange: ClosedRange<UInt64> = 40...86_400
    private static let objectiveLimit = 20
    private static let minute = TelemetryWindow.length

    /// Why nothing can be made of it, in words; `nil` where something can.
    package var problem: String? {
        if let windowSeconds, !CheckRequest.windowRange.contains(windowSeconds) {
            return "a window must be 40 s to 24 h long; found \(windowSeconds) s"
        }
        guard (objectives ?? []).count <= CheckRequest.objectiveLimit else {
            return "at most \(CheckRequest.objectiveLimit) objectives"
        }
        for objective in objectives ?? [] {
            guard objective.target > 0, objective.target < 1 else {
                return "an objective must be a share between 0 and 1, such as 0.995; found \(objective.target)"
            }
            if let latency = objective.latencyMilliseconds, !(latency > 0 && latency.isFinite) {
                return "the latency of an objective must be above 0 ms; found \(latency)"
            }
        }
        return service.flatMap { DeployMarker.problem(ofName: $0, called: "service") }
            ?? version.flatMap { DeployMarker.problem(ofName: $0, called: "version") }
    }

    /// What was asked for, in words; empty where any deploy would do.
    var wanted: String {
        [deploy.map { "id \($0)" }, service, version].compactMap { $0 }.joined(separator: " ")
    }

    /// The newest deploy that fits, of those that were before `moment`.
    package func newest(of deploys: [DeployMarker], before moment: UInt64) -> DeployMarker? {
        deploys.filter { marker in
            (deploy.map { marker.id == $0 } ?? true) && (service.map { marker.service == $0 } ?? true)
                && (version.map { marker.version == $0 } ?? true) && marker.at <= moment
        }
        .max { ($0.at, $0.id) < ($1.at, $1.id) }
    }

    /// The deploy that nobody marked, where the request says when it was.
    ///
    /// - Throws: `.unusable` for a time that cannot be.
    func unmarked(before moment: UInt64) throws(CheckFailure) -> DeployMarker? {
        guard let deployedAt, let service, deploy == nil else { return nil }
        if let problem = DeployMarker.problem(ofMoment: deployedAt, now: moment) { throw .unusable(problem) }
        return DeployMarker(service: service, version: version ?? "", at: deployedAt, source: .declared)
    }

    /// The settings for a deploy of `elapsed` nanoseconds ago: bins of 10 s while there are too few minutes.
    package func settings(elapsed: UInt64) -> DeployCheckSettings {
        let standard = DeployCheckSettings()
        let minute = CheckRequest.minute
        if let window = windowSeconds.map({ $0 * 1_000_000_000 }) {
            guard window >= UInt64(standard.minimumBins) * minute else { return .quick(window: window) }
            var settings = standard
            settings.window = window / minute * minute
            settings.longestWindow = max(settings.longestWindow, settings.window)
            return settings
        }
        guard elapsed < standard.guardTime + UInt64(standard.minimumBins + 1) * minute else { return standard }
        return .quick(window: max(minute, elapsed))
    }

    func objectives(of deploy: DeployMarker) -> [ServiceObjective] {
        (objectives ?? []).map {
            ServiceObjective(
                service: deploy.service,
                operation: $0.operation,
                target: $0.target,
                latencyMilliseconds: $0.latencyMilliseconds
            )
        }
    }

    /// The report's id; what was asked beyond the moment belongs to it, so that two questions have two answers.
    func identity(of deploy: DeployMarker, at moment: UInt64) -> String {
        let window = windowSeconds.map { "~\($0)s" } ?? ""
        let promises = (objectives ?? []).map { objective in
            "~\(objective.target)" + (objective.latencyMilliseconds.map { " \($0)ms" } ?? "")
                + (objective.operation.map { " \($0)" } ?? "")
        }
        return CheckReport.id(of: deploy, at: moment) + window + promises.joined()
    }
}
