import GRDB

extension BaselineStore {
    /// Removes old runs, never one that the next comparison or a decision needs.
    ///
    /// A run stays when it is among the newest `keep` of any of its keys, among the newest 10 baselines of one, or
    /// pinned or promoted. The file does not shrink; its free pages are used again.
    /// - Parameters:
    ///   - keep: how many runs of each key stay whatever they are.
    ///   - before: only runs that started before this go, Unix nanoseconds; `nil` for any.
    ///   - isDryRun: only says what would go.
    /// - Returns: the ids of the runs that went, oldest first.
    /// - Throws: when the store cannot be written.
    package func prune(
        keep: Int,
        before: UInt64? = nil,
        isDryRun: Bool = false
    ) async throws(BaselineStoreError) -> [String] {
        let keys = try await summaries().map(\.key)
        return try await write("pruning") { database in
            var kept = Set(try String.fetchAll(database, sql: "SELECT DISTINCT run_id FROM baseline_decisions"))
            for key in keys {
                let window = try DecisionWindow(key, in: database)
                let source = """
                    SELECT runs.id FROM runs JOIN test_results ON test_results.run_id = runs.id
                    WHERE \(KeyColumns.condition)
                    """
                let order = "ORDER BY runs.started_at DESC, runs.id DESC LIMIT ?"
                kept.formUnion(
                    try String.fetchAll(
                        database,
                        sql: "\(source) \(order)",
                        arguments: KeyColumns.arguments(key) + [max(0, keep)]
                    )
                )
                kept.formUnion(
                    try String.fetchAll(
                        database,
                        sql: "\(source) AND is_accepted AND \(window.condition) \(order)",
                        arguments: KeyColumns.arguments(key) + window.arguments + [10]
                    )
                )
            }
            let old = try String.fetchAll(
                database,
                sql: "SELECT id FROM runs WHERE started_at < ? ORDER BY started_at, id",
                arguments: [before.map { Int64(clamping: $0) } ?? .max]
            )
            let gone = old.filter { !kept.contains($0) }
            if !isDryRun {
                for id in gone { try database.execute(sql: "DELETE FROM runs WHERE id = ?", arguments: [id]) }
                try database.execute(
                    sql: """
                        DELETE FROM test_keys WHERE NOT EXISTS (
                            SELECT 1 FROM runs JOIN test_results ON test_results.run_id = runs.id
                            WHERE runs.module_id = test_keys.module_id AND runs.edition_id = test_keys.edition_id
                                AND test_results.test_type = test_keys.test_type
                                AND test_results.endpoint = test_keys.endpoint
                        )
                        """
                )
            }
            return gone
        }
    }
}
