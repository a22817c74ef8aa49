import Analysis
import Correlation
import GRDB
import Plans
import Statistics

/// A report in the form of rows: everything is encoded before the transaction begins.
struct RunRecord: Sendable {
    private let run: StatementArguments
    private let tests: [StatementArguments]
    private let summary: StatementArguments
    private let keys: Set<BaselineKey>
    private let id: String

    /// The rows of a run.
    ///
    /// `accepted` says of each test, in order, whether it is a baseline; `nil` lets the rule decide.
    init(_ report: RunReport, accepted: [Bool]? = nil) throws {
        let identity = report.run
        id = identity.id
        run = [
            identity.id, identity.lineageID, identity.moduleID, identity.editionID,
            Int64(clamping: identity.startedAt), Int64(clamping: identity.endedAt),
            report.status.rawValue, report.score.finite, report.exitCode, identity.wasInterrupted,
            identity.version, identity.engine, identity.environment, try StoredJSON.data(report),
        ]
        let changes = report.tests.compactMap(\.comparison?.p95).filter { $0.ratio?.isFinite == true }
        let worst = changes.max { ($0.ratio ?? 0) < ($1.ratio ?? 0) }
        summary = [
            identity.id, worst?.ratio, worst?.decision.rawValue, report.retry?.attempt ?? 0,
            try StoredJSON.data(report.findings), try report.retry.map { try StoredJSON.data($0) },
        ]
        keys = Set(
            report.tests.map { test in
                BaselineKey(
                    moduleID: identity.moduleID,
                    editionID: identity.editionID,
                    testType: test.testType.rawValue,
                    endpoint: test.name
                )
            }
        )
        tests = try report.tests.enumerated().map { position, test in
            let isAccepted =
                accepted.map { $0.indices.contains(position) && $0[position] }
                ?? (RunRecord.accepts(test) && !identity.wasInterrupted
                    && report.retry?.isOtherLoad(test.name) != true)
            return [
                identity.id, position, test.testType.rawValue, test.name, test.verdict.status.rawValue, isAccepted,
                test.verdict.score.value.finite, Double(test.load.latency.quantile(0.95)) / 1e6,
                test.load.errorRate.finite, test.load.achievedRate.finite, test.completeness.coverage,
                try StoredJSON.data(test.profile), try StoredJSON.data(test.load.latency),
                test.verdict.isRegressed,
            ]
        }
    }

    /// A test becomes a baseline unless it failed, degraded, cannot be trusted, or warns of a slowdown.
    ///
    /// A slowdown that only warns would otherwise become the new normal, one tenth at a time.
    private static func accepts(_ test: TestReport) -> Bool {
        switch test.verdict.status {
        case .pass, .exploratory: true
        case .warning: test.comparison?.p95.decision != .regression
        case .needsReview, .degraded, .fail, .invalid: false
        }
    }

    /// Within the caller's transaction: an earlier record of the same run is replaced, decisions about it stay.
    func write(to database: Database) throws {
        try database.execute(sql: "DELETE FROM test_results WHERE run_id = ?", arguments: [id])
        try database.execute(
            sql: """
                INSERT INTO runs (id, lineage_id, module_id, edition_id, started_at, ended_at, status, score,
                    exit_code, was_interrupted, version, engine, environment, report)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET lineage_id = excluded.lineage_id, module_id = excluded.module_id,
                    edition_id = excluded.edition_id, started_at = excluded.started_at, ended_at = excluded.ended_at,
                    status = excluded.status, score = excluded.score, exit_code = excluded.exit_code,
                    was_interrupted = excluded.was_interrupted, version = excluded.version,
                    engine = excluded.engine, environment = excluded.environment, report = excluded.report
                """,
            arguments: run
        )
        try database.execute(
            sql: """
                INSERT OR REPLACE INTO run_summaries (run_id, change, decision, attempt, findings, retry)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: summary
        )
        for key in keys {
            try database.execute(
                sql: """
                    INSERT OR IGNORE INTO test_keys (module_id, edition_id, test_type, endpoint) VALUES (?, ?, ?, ?)
                    """,
                arguments: KeyColumns.arguments(key)
            )
        }
        for test in tests {
            try database.execute(
                sql: """
                    INSERT INTO test_results (run_id, position, test_type, endpoint, status, is_accepted, score,
                        p95_ms, error_rate, achieved_rate, coverage, profile, latency, is_regressed)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
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
