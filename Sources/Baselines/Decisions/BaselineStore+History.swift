package import Analysis
import GRDB

extension BaselineStore {
    /// Every test of the store with its newest runs, in order of module, edition, endpoint and type.
    ///
    /// Interrupted and invalid runs measured nothing that compares, so they are left out.
    ///
    /// - Parameters:
    ///   - endpoint: only tests of this name; `nil` for all.
    ///   - limit: of runs a test.
    /// - Returns: one a test.
    /// - Throws: when the store cannot be read.
    package func histories(
        endpoint: String? = nil,
        limit: Int = 200
    ) async throws(BaselineStoreError) -> [RunHistory] {
        try await read("reading the history of runs") { database in
            let keys = try Row.fetchAll(
                database,
                sql: """
                    SELECT module_id, edition_id, test_type, endpoint FROM test_keys
                    WHERE ? IS NULL OR endpoint = ?
                    ORDER BY module_id, edition_id, endpoint, test_type
                    """,
                arguments: [endpoint, endpoint]
            )
            return try keys.map { try BaselineStore.history(of: BaselineKey($0), limit: limit, in: database) }
        }
    }

    private static func history(of key: BaselineKey, limit: Int, in database: Database) throws -> RunHistory {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT runs.id, started_at, p95_ms, test_results.score, test_results.status, environment
                FROM runs JOIN test_results ON test_results.run_id = runs.id
                WHERE \(KeyColumns.condition) AND NOT was_interrupted AND test_results.status <> 'invalid'
                ORDER BY started_at DESC, runs.id DESC LIMIT ?
                """,
            arguments: KeyColumns.arguments(key) + [max(0, limit)]
        )
        let entries = try rows.reversed().map { row in
            let startedAt: Int64 = try row.decode(forColumn: "started_at")
            return RunHistory.Entry(
                runID: try row.decode(forColumn: "id"),
                startedAt: UInt64(clamping: startedAt),
                p95Milliseconds: try row.decode(forColumn: "p95_ms"),
                score: try row.decode(forColumn: "score"),
                status: try row.decode(forColumn: "status"),
                environment: try row.decode(forColumn: "environment")
            )
        }
        return RunHistory(
            moduleID: key.moduleID,
            editionID: key.editionID,
            testType: key.testType,
            endpoint: key.endpoint,
            entries: entries
        )
    }
}
