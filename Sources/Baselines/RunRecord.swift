import Analysis
import Correlation
import GRDB
import Plans
import Statistics

/// A report in the form of rows: everything is encoded before the transaction begins.
struct RunRecord: Sendable {
    private let run: StatementArguments
    private let tests: [StatementArguments]
    private let id: String

    init(_ report: RunReport) throws {
        let identity = report.run
        id = identity.id
        run = [
            identity.id, identity.lineageID, identity.moduleID, identity.editionID,
            Int64(clamping: identity.startedAt), Int64(clamping: identity.endedAt),
            report.status.rawValue, report.score.finite, report.exitCode, identity.wasInterrupted,
            identity.version, identity.engine, identity.environment, try StoredJSON.data(report),
        ]
        tests = try report.tests.enumerated().map { position, test in
            let isAccepted = RunRecord.accepts(test.verdict.status) && !identity.wasInterrupted
            return [
                identity.id, position, test.testType.rawValue, test.name, test.verdict.status.rawValue, isAccepted,
                test.verdict.score.value.finite, Double(test.load.latency.quantile(0.95)) / 1e6,
                test.load.errorRate.finite, test.load.achievedRate.finite, test.completeness.coverage,
                try StoredJSON.data(test.profile), try StoredJSON.data(test.load.latency),
            ]
        }
    }

    /// A test becomes a baseline unless it failed, degraded, or cannot be trusted.
    private static func accepts(_ status: TestStatus) -> Bool {
        switch status {
        case .pass, .exploratory, .warning: true
        case .degraded, .fail, .invalid: false
        }
    }

    /// Within the caller's transaction: the rows of an earlier record of the same run go first.
    func write(to database: Database) throws {
        try database.execute(sql: "DELETE FROM runs WHERE id = ?", arguments: [id])
        try database.execute(
            sql: """
                INSERT INTO runs (id, lineage_id, module_id, edition_id, started_at, ended_at, status, score,
                    exit_code, was_interrupted, version, engine, environment, report)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: run
        )
        for test in tests {
            try database.execute(
                sql: """
                    INSERT INTO test_results (run_id, position, test_type, endpoint, status, is_accepted, score,
                        p95_ms, error_rate, achieved_rate, coverage, profile, latency)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: test
            )
        }
    }
}

extension Double {
    /// SQLite keeps NaN as NULL, which the strict columns refuse.
    fileprivate var finite: Double { isFinite ? self : 0 }
}
