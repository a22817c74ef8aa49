import Analysis
import Baselines
import Telemetry

/// Findings of runs and of checks, newest run first, within it worst first.
struct FindingFeed: FeedTable {
    struct Row: Encodable {
        var time: UInt64
        /// `run` or `check`.
        var source: String
        /// Id of the run or the check.
        var origin: String
        var id: String
        var kind: String
        /// Of a run's finding; a check's has none.
        var severity: String?
        var confidence: Double
        var service: String
        var operation: String
        var endpoint: String?
        var isRegression: Bool
        var sentence: String
        var suggestion: String?
    }

    // Each one's report is searched, which is a document of hundreds of kilobytes.
    private static let reportLimit = 20

    let name = "findings"
    let store: BaselineStore

    func rows(in range: Range<UInt64>, limit: Int) async throws -> [Row] {
        var rows = try await ofChecks(in: range, limit: limit)
        rows += try await store.findings(in: range, runs: FindingFeed.reportLimit).map(FindingFeed.row)
        // Swift's sort is stable: what was worst first stays so within its run.
        rows.sort { $0.time > $1.time }
        return Array(rows.prefix(limit))
    }

    private func ofChecks(in range: Range<UInt64>, limit: Int) async throws -> [Row] {
        try await store.listedChecks(in: range, found: true, limit: limit)
            .flatMap { check in
                check.findings.map { finding in
                    Row(
                        time: FeedTime.milliseconds(check.checkedAt),
                        source: "check",
                        origin: check.id,
                        id: finding.id,
                        kind: finding.signal.rawValue,
                        confidence: finding.confidence,
                        service: finding.operation.service,
                        operation: finding.operation.name,
                        isRegression: true,
                        sentence: finding.sentence
                    )
                }
            }
    }

    private static func row(_ stored: StoredFinding) -> Row {
        let finding = stored.finding
        return Row(
            time: FeedTime.milliseconds(stored.seenAt),
            source: "run",
            origin: stored.runID,
            id: finding.id,
            kind: finding.kind,
            severity: finding.severity.rawValue,
            confidence: finding.confidence,
            service: finding.culprit.service,
            operation: finding.culprit.operation,
            endpoint: finding.endpoint,
            isRegression: finding.isRegression,
            sentence: finding.sentence,
            suggestion: finding.suggestion
        )
    }
}
