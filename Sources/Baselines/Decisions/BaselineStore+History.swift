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

    /// Results of single tests of runs that began in a range of Unix nanoseconds, newest first.
    ///
    /// The same are left out as in `histories`.
    package func results(
        in range: Range<UInt64>,
        limit: Int
    ) async throws(BaselineStoreError) -> [(key: BaselineKey, entry: RunHistory.Entry)] {
        try await read("reading results") { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT module_id, edition_id, test_type, endpoint, \(BaselineStore.entryColumns)
                    FROM runs JOIN test_results ON test_results.run_id = runs.id
                    WHERE started_at >= ? AND started_at < ? AND \(BaselineStore.isMeasured)
                    ORDER BY started_at DESC, runs.id DESC, position LIMIT ?
                    """,
                arguments: [
                    StoredTime.column(range.lowerBound), StoredTime.column(range.upperBound), max(0, limit),
                ]
            )
            .map { (try BaselineKey($0), try BaselineStore.entry($0)) }
        }
    }

    private static let entryColumns =
        "runs.id, started_at, p95_ms, test_results.score, test_results.status, environment"
    private static let isMeasured = "NOT was_interrupted AND test_results.status <> 'invalid'"

    private static func entry(_ row: Row) throws -> RunHistory.Entry {
        RunHistory.Entry(
            runID: try row.decode(forColumn: "id"),
            startedAt: StoredTime.value(try row.decode(forColumn: "started_at")),
            p95Milliseconds: try row.decode(forColumn: "p95_ms"),
            score: try row.decode(forColumn: "score"),
            status: try row.decode(forColumn: "status"),
            environment: try row.decode(forColumn: "environment")
        )
    }

    private static func history(of key: BaselineKey, limit: Int, in database: Database) throws -> RunHistory {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT \(entryColumns)
                FROM runs JOIN test_results ON test_results.run_id = runs.id
                WHERE \(KeyColumns.condition) AND \(isMeasured)
                ORDER BY started_at DESC, runs.id DESC LIMIT ?
                """,
            arguments: KeyColumns.arguments(key) + [max(0, limit)]
        )
        return RunHistory(
            moduleID: key.moduleID,
            editionID: key.editionID,
            testType: key.testType,
            endpoint: key.endpoint,
            entries: try rows.reversed().map(entry)
        )
    }
}
