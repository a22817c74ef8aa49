import Analysis
import Baselines
import HTTPTypes

/// Checks a deploy against the windows of the store, and keeps the answer.
struct CheckDesk {
    /// Nanoseconds before the deploy that are read: half a day calibrates the tests.
    private static let history: UInt64 = 12 * 3_600_000_000_000
    /// Nanoseconds after the deploy that are read at most.
    private static let future: UInt64 = 4 * 3_600_000_000_000

    let state: WebState

    /// By the deploy's id, or the newest one of a service; throws a `Problem` where there is none.
    func check(deploy id: String?, service: String?) async throws -> CheckReport {
        let deploys = try await state.store.deploys(limit: 500)
        let found = deploys.first { deploy in id.map { deploy.id == $0 } ?? (deploy.service == service) }
        guard let deploy = found else {
            throw Problem(.notFound, "no such deploy is known: declare it first, or let its spans arrive")
        }
        let now = state.now()
        let from = deploy.at > CheckDesk.history ? deploy.at - CheckDesk.history : 0
        let to = max(deploy.at, min(now, deploy.at + CheckDesk.future))
        let windows = try await state.store.windows(in: from..<to)
        var report = DeployCheck().report(on: deploy, windows: windows, deploys: deploys, now: to)
        let looks = try await state.store.checks(ofDeploy: deploy.id, limit: 500).count
        if looks > 0 { report.id = deploy.id + "#\(looks + 1)" }
        report.checkedAt = now
        try await state.store.record(report)
        return report
    }
}
