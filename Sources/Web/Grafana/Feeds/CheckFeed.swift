import Analysis
import Baselines

/// Checks of deploys, newest first.
struct CheckFeed: FeedTable {
    struct Row: Encodable {
        var time: UInt64
        var check: String
        var deploy: String
        var service: String
        var version: String
        var verdict: String
        var confidence: Double
        var control: String
        var findings: Int
        var placeboPairs: Int
        var summary: String
    }

    let name = "checks"
    let store: BaselineStore

    func rows(in range: Range<UInt64>, limit: Int) async throws -> [Row] {
        try await store.listedChecks(in: range, limit: limit).map { check in
            Row(
                time: FeedTime.milliseconds(check.checkedAt),
                check: check.id,
                deploy: check.deployID,
                service: check.service,
                version: check.version,
                verdict: check.verdict.rawValue,
                confidence: check.confidence,
                control: check.control.rawValue,
                findings: check.findings.count,
                placeboPairs: check.placeboPairs,
                summary: check.summary
            )
        }
    }
}
