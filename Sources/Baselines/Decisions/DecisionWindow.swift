import GRDB

/// Which runs of a key may be baselines after a person's decision about it.
struct DecisionWindow {
    /// SQL over `runs`.
    let condition: String
    let arguments: StatementArguments
    let decision: (kind: BaselineDecision, runID: String)?

    init(_ key: BaselineKey, in database: Database) throws {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT decision, run_id, started_at FROM baseline_decisions JOIN runs ON runs.id = run_id
                WHERE baseline_decisions.module_id = ? AND baseline_decisions.edition_id = ?
                    AND baseline_decisions.test_type = ? AND baseline_decisions.endpoint = ?
                """,
            arguments: KeyColumns.arguments(key)
        )
        guard let row else {
            condition = "1"
            arguments = []
            decision = nil
            return
        }
        let word: String = try row.decode(forColumn: "decision")
        guard let kind = BaselineDecision(rawValue: word) else {
            throw RowDecodingFailure(column: "decision", value: word)
        }
        let runID: String = try row.decode(forColumn: "run_id")
        let startedAt: Int64 = try row.decode(forColumn: "started_at")
        decision = (kind, runID)
        condition = "(runs.started_at, runs.id) \(kind == .pinned ? "<=" : ">=") (?, ?)"
        arguments = [startedAt, runID]
    }
}
