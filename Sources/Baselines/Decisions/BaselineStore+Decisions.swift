import GRDB

extension BaselineStore {
    /// Pins or promotes a run as the baseline of its tests; it becomes accepted, and earlier decisions are replaced.
    ///
    /// - Parameters:
    ///   - decision: what to do with the run.
    ///   - runID: an existing run's id.
    ///   - endpoint: only the test of this name; `nil` for all of them.
    ///   - now: Unix nanoseconds, to record when it was decided.
    /// - Returns: the keys it now holds for; empty when the run has no such test, or there is no such run.
    /// - Throws: when the store cannot be written.
    package func decide(
        _ decision: BaselineDecision,
        run runID: String,
        endpoint: String? = nil,
        now: UInt64
    ) async throws(BaselineStoreError) -> [BaselineKey] {
        try await write("deciding about run \(runID)") { database in
            let keys = try BaselineStore.keys(ofRun: runID, endpoint: endpoint, in: database)
            for key in keys {
                try database.execute(
                    sql: """
                        UPDATE test_results SET is_accepted = 1
                        WHERE run_id = ? AND test_type = ? AND endpoint = ?
                        """,
                    arguments: [runID, key.testType, key.endpoint]
                )
                try database.execute(
                    sql: """
                        INSERT OR REPLACE INTO baseline_decisions
                            (module_id, edition_id, test_type, endpoint, run_id, decision, decided_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: KeyColumns.arguments(key) + [runID, decision.rawValue, Int64(clamping: now)]
                )
            }
            return keys
        }
    }

    /// Forgets what was decided about the tests of a run, so that the newest passing runs are the baseline again.
    ///
    /// Runs that a decision accepted stay accepted.
    package func clearDecisions(
        run runID: String,
        endpoint: String? = nil
    ) async throws(BaselineStoreError) -> [BaselineKey] {
        try await write("clearing decisions about run \(runID)") { database in
            let keys = try BaselineStore.keys(ofRun: runID, endpoint: endpoint, in: database)
            for key in keys {
                try database.execute(
                    sql: """
                        DELETE FROM baseline_decisions
                        WHERE module_id = ? AND edition_id = ? AND test_type = ? AND endpoint = ?
                        """,
                    arguments: KeyColumns.arguments(key)
                )
            }
            return keys
        }
    }

    private static func keys(ofRun runID: String, endpoint: String?, in database: Database) throws -> [BaselineKey] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT module_id, edition_id, test_type, endpoint
                FROM runs JOIN test_results ON test_results.run_id = runs.id
                WHERE runs.id = ? AND (? IS NULL OR endpoint = ?) ORDER BY position
                """,
            arguments: [runID, endpoint, endpoint]
        )
        return try rows.map { try BaselineKey($0) }
    }
}

extension BaselineKey {
    init(_ row: Row) throws {
        self.init(
            moduleID: try row.decode(forColumn: "module_id"),
            editionID: try row.decode(forColumn: "edition_id"),
            testType: try row.decode(forColumn: "test_type"),
            endpoint: try row.decode(forColumn: "endpoint")
        )
    }
}
