import GRDB

extension BaselineStore {
    /// Every key of the store with its baseline, in order of key.
    package func summaries(limit: Int = 10) async throws(BaselineStoreError) -> [BaselineSummary] {
        try await read("listing baselines") { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT module_id, edition_id, test_type, endpoint
                    FROM runs JOIN test_results ON test_results.run_id = runs.id
                    ORDER BY module_id, edition_id, endpoint, test_type
                    """
            )
            return try rows.map { try BaselineStore.summary(of: BaselineKey($0), limit: limit, in: database) }
        }
    }

    /// One key with its baseline, as the next run would find it.
    package func summary(of key: BaselineKey, limit: Int = 10) async throws(BaselineStoreError) -> BaselineSummary {
        try await read("reading the baseline of \(key.endpoint)") { database in
            try BaselineStore.summary(of: key, limit: limit, in: database)
        }
    }

    private static func summary(of key: BaselineKey, limit: Int, in database: Database) throws -> BaselineSummary {
        let window = try DecisionWindow(key, in: database)
        let arguments = KeyColumns.arguments(key)
        let source = "FROM runs JOIN test_results ON test_results.run_id = runs.id WHERE \(KeyColumns.condition)"
        let order = "ORDER BY runs.started_at DESC, runs.id DESC"
        let baselines = try Row.fetchAll(
            database,
            sql: """
                SELECT runs.id, p95_ms, test_results.score \(source) AND is_accepted AND \(window.condition)
                \(order) LIMIT ?
                """,
            arguments: arguments + window.arguments + [max(0, limit)]
        )
        let regressions = try Bool.fetchAll(
            database,
            sql: "SELECT is_regressed \(source) \(order) LIMIT 100",
            arguments: arguments
        )
        let newest = baselines.first
        return BaselineSummary(
            key: key,
            runs: try Int.fetchOne(database, sql: "SELECT count(*) \(source)", arguments: arguments) ?? 0,
            baselineRuns: baselines.count,
            newestRunID: try newest?.decode(forColumn: "id"),
            p95Milliseconds: try newest?.decode(forColumn: "p95_ms"),
            score: try newest?.decode(forColumn: "score"),
            decision: window.decision?.kind,
            decidedRunID: window.decision?.runID,
            consecutiveRegressions: regressions.prefix { $0 }.count
        )
    }
}
