package import Analysis
package import Baselines
import Correlation
import Telemetry

/// One look at a deploy in a store: finds the deploy and its windows, checks, and remembers the answer.
///
/// The only one there is: `plimsoll check`, the API, the page and the service's own looks all come through here. Errors
/// are `CheckFailure`, and `BaselineStoreError` where the store cannot be used.
package struct CheckPipeline: Sendable {
    private let request: CheckRequest

    /// After the deploy: the last look, and what shows whether a change stays.
    private static let future: UInt64 = 4 * 3_600_000_000_000
    /// After each earlier deploy of the service: its classes of error are known ones.
    private static let remembered: UInt64 = 1_800_000_000_000
    private static let rememberedDeploys = 10
    /// How far back those may be; bins of ten seconds would be too many for more than a day.
    private static let day: UInt64 = 86_400_000_000_000
    private static let deployLimit = 1_000
    private static let exemplarLimit = 3

    package init(_ request: CheckRequest) {
        self.request = request
    }

    /// Looks as of `request.at`, or of `now` where that is earlier or nothing was asked; Unix nanoseconds.
    package func execute(in store: BaselineStore, now: UInt64) async throws -> CheckReport {
        if let problem = request.problem { throw CheckFailure.unusable(problem) }
        let moment = min(request.at ?? now, now)
        let deploy = try await deploy(in: store, before: moment)
        let stored = try await store.windowRange()
        // Windows are whole minutes, and after some hours it is another deploy's turn.
        let newest = stored.map { $0.upperBound + TelemetryWindow.length } ?? deploy.at
        let seen = min(moment, newest, deploy.at + CheckPipeline.future)
        let settings = request.settings(elapsed: seen > deploy.at ? seen - deploy.at : 0)
        let stretches = settings.stretches(around: deploy.at, until: seen)
        var windows: [TelemetryWindow] = []
        var deploys: [DeployMarker] = []
        for stretch in stretches {
            windows += try await store.windows(in: stretch)
            deploys += try await store.deploys(in: stretch, limit: CheckPipeline.deployLimit)
        }
        let first = stretches.last?.lowerBound ?? deploy.at
        let days: UInt64 = settings.binLength < TelemetryWindow.length ? 1 : 13
        let oldest = first > days * CheckPipeline.day ? first - days * CheckPipeline.day : 0
        let earlier = try await store.deploys(
            of: deploy.service,
            in: oldest..<first,
            limit: CheckPipeline.rememberedDeploys
        )
        for marker in earlier {
            windows += try await store.windows(in: marker.at..<min(marker.at + CheckPipeline.remembered, first))
        }
        let met = Set(deploys.map(\.id))
        deploys += earlier.filter { !met.contains($0.id) }
        var report = DeployCheck(settings: settings).report(
            on: deploy,
            windows: CheckPipeline.once(windows),
            deploys: deploys,
            objectives: request.objectives(of: deploy),
            now: seen
        )
        report.checkedAt = moment
        report.id = request.identity(of: deploy, at: moment)
        if stored == nil {
            let reason = "the store holds no windows yet, `plimsoll serve` adds one a minute, 20 s after it is over"
            report.reasons = [reason]
            report.summary = "Nothing can be said of \(deploy.service) \(deploy.version) yet: \(reason)."
        }
        if report.verdict == .inconclusive {
            report.lookAgainAt = CheckSchedule(deployedAt: deploy.at).moreToSee(
                after: moment,
                seen: seen,
                since: stored?.lowerBound ?? 0,
                asking: request
            )
        }
        try await addExemplars(to: &report, from: store)
        try await store.record(report)
        return report
    }

    /// The deploy that is meant, of those before `now`, Unix nanoseconds.
    package func deploy(in store: BaselineStore, now: UInt64) async throws -> DeployMarker {
        try await deploy(in: store, before: min(request.at ?? now, now))
    }

    /// The one with the id, the newest that fits, or one that nobody marked.
    private func deploy(in store: BaselineStore, before moment: UInt64) async throws -> DeployMarker {
        let known: [DeployMarker] =
            if let id = request.deploy {
                try await store.deploy(id).map { [$0] } ?? []
            } else {
                try await store.deploys(of: request.service, limit: CheckPipeline.deployLimit)
            }
        if let newest = request.newest(of: known, before: moment) { return newest }
        if let unmarked = try request.unmarked(before: moment) { return unmarked }
        throw CheckFailure.unknownDeploy(request.wanted)
    }

    /// In order, each minute once: stretches after deploys that came soon after one another overlap.
    private static func once(_ windows: [TelemetryWindow]) -> [TelemetryWindow] {
        let sorted = windows.sorted { $0.start < $1.start }
        return sorted.indices.filter { $0 == 0 || sorted[$0].start > sorted[$0 - 1].start }.map { sorted[$0] }
    }

    /// Traces since the deploy that show what was found.
    private func addExemplars(to report: inout CheckReport, from store: BaselineStore) async throws {
        for index in report.findings.indices {
            let finding = report.findings[index]
            guard finding.isWrong, finding.signal != .vanished else { continue }
            var query = TraceQuery()
            query.service = finding.operation.service
            query.operation = finding.operation.name
            query.range = report.deploy.at..<max(report.checkedAt, report.deploy.at + 1)
            query.limit = CheckPipeline.exemplarLimit * 4
            if finding.signal == .errorRate || finding.signal == .newError { query.attributes["error"] = "true" }
            let traces = try await store.traces(matching: query)
            let slowest = traces.sorted { $0.range.count > $1.range.count }
            report.findings[index].exemplarTraceIDs = slowest.prefix(CheckPipeline.exemplarLimit).map(\.traceID)
        }
    }
}
