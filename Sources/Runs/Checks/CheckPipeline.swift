package import Analysis
import Baselines
import Correlation
import FoundationEssentials
import Telemetry

/// Finds the deploy and the windows, checks, and remembers the answer.
package struct CheckPipeline: Sendable {
    private let request: CheckRequest

    /// Before the deploy: 24 pairs of windows of a quarter of an hour, or 12 of an hour.
    private static let historyNanoseconds: UInt64 = 13 * 3_600_000_000_000
    /// After each earlier deploy: its classes of error are known ones.
    private static let rememberedNanoseconds: UInt64 = 1_800_000_000_000
    private static let exemplarLimit = 3

    package init(_ request: CheckRequest) {
        self.request = request
    }

    /// One look at the deploy.
    ///
    /// - Throws: `RunFailure.badOption` where there is no such deploy, no store, or nothing that can be read.
    package func execute() async throws -> CheckReport {
        switch request.source {
        case .store: try await fromStore()
        case .traces(let current, let baseline):
            try await CheckedTraces(request: request, current: current, baseline: baseline).report()
        }
    }

    /// The deploy that is meant.
    package func deploy() async throws -> DeployMarker {
        try await deploy(in: store())
    }

    private func fromStore() async throws -> CheckReport {
        let store = try store()
        let deploy = try await deploy(in: store)
        do {
            let known = try await store.deploys(of: nil, in: 0..<UInt64.max, limit: 1_000)
            guard let stored = try await store.windowRange() else {
                throw RunFailure.badOption(
                    "the store at \(request.store) holds no windows: `plimsoll serve` fills it, or name files with --current"
                )
            }
            let newest = stored.upperBound + TelemetryWindow.length
            let now = min(request.now ?? WallClock.now(), newest)
            let first = deploy.at > Self.historyNanoseconds ? deploy.at - Self.historyNanoseconds : 0
            let until = max(now, first + 1)
            var windows = try await store.windows(in: first..<until)
            let earlier = known.filter { $0.service == deploy.service && $0.at < first }.prefix(10)
            for marker in earlier.reversed() {
                windows =
                    try await store.windows(in: marker.at..<min(marker.at + Self.rememberedNanoseconds, first))
                    + windows
            }
            let elapsed = now > deploy.at ? now - deploy.at : 0
            var report = DeployCheck(settings: request.settings(elapsed: elapsed)).report(
                on: deploy,
                windows: windows,
                deploys: known,
                objectives: objectives(of: deploy),
                now: now
            )
            try await addExemplars(to: &report, from: store)
            try await store.record(report)
            return report
        } catch let error as BaselineStoreError {
            throw RunFailure.badOption("\(error)")
        }
    }

    private func store() throws(RunFailure) -> BaselineStore {
        guard FileManager.default.fileExists(atPath: request.store) else {
            throw .badOption(
                "there is no store at \(request.store): `plimsoll serve` makes one, or name files with --current"
            )
        }
        do throws(BaselineStoreError) {
            return try BaselineStore(path: request.store)
        } catch {
            throw .badOption("\(error)")
        }
    }

    private func deploy(in store: BaselineStore) async throws -> DeployMarker {
        let known: [DeployMarker]
        do throws(BaselineStoreError) {
            known = try await store.deploys(of: request.service, limit: 1_000)
        } catch {
            throw RunFailure.badOption("\(error)")
        }
        let now = request.now ?? .max
        let matching = known.filter { marker in
            (request.deployID.map { marker.id == $0 } ?? true) && (request.version.map { marker.version == $0 } ?? true)
                && marker.at <= now
        }
        if let newest = matching.max(by: { ($0.at, $0.id) < ($1.at, $1.id) }) { return newest }
        if let at = request.at, let service = request.service {
            return DeployMarker(service: service, version: request.version ?? "", at: at, source: .declared)
        }
        let what = [request.deployID.map { "id \($0)" }, request.service, request.version].compactMap { $0 }
        throw RunFailure.badOption(
            "no deploy\(what.isEmpty ? "" : " of " + what.joined(separator: " ")) is known in \(request.store): "
                + "mark it with `plimsoll deploy --service S --version V`, or name its time with --service and --deployed"
        )
    }

    private func objectives(of deploy: DeployMarker) -> [ServiceObjective] {
        request.objectives(of: deploy)
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
            query.limit = Self.exemplarLimit * 4
            if finding.signal == .errorRate || finding.signal == .newError { query.attributes["error"] = "true" }
            let traces = try await store.traces(matching: query)
            let slowest = traces.sorted { $0.range.count > $1.range.count }
            report.findings[index].exemplarTraceIDs = slowest.prefix(Self.exemplarLimit).map(\.traceID)
        }
    }
}

extension CheckRequest {
    func objectives(of deploy: DeployMarker) -> [ServiceObjective] {
        guard let objective else { return [] }
        return [
            ServiceObjective(
                service: deploy.service,
                target: objective,
                latencyMilliseconds: objectiveMilliseconds
            )
        ]
    }
}
