import Analysis
import Foundation
import GRDB

extension BaselineStore {
    /// A page of the history, newest first: the runs after the one with the id `after`, as far as the filter lets them through.
    ///
    /// An unknown `after` is the beginning.
    package func runs(
        matching filter: RunFilter,
        after: String? = nil,
        limit: Int = 50
    ) async throws(BaselineStoreError) -> [RunSummary] {
        try await read("listing runs") { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT \(RunSummary.columns) FROM runs
                    WHERE (?1 IS NULL OR module_id = ?1) AND (?2 IS NULL OR edition_id = ?2)
                        AND (?3 IS NULL OR status = ?3)
                        AND (?4 IS NULL OR (started_at, id) <
                            (coalesce((SELECT started_at FROM runs WHERE id = ?4), 9223372036854775807), ?4))
                    ORDER BY started_at DESC, id DESC LIMIT ?5
                    """,
                arguments: [filter.moduleID, filter.editionID, filter.status, after, max(0, limit)]
            ).map { try RunSummary($0) }
        }
    }

    /// The newest run of every module and edition, in their order, 500 at most.
    package func tiles() async throws(BaselineStoreError) -> [RunTile] {
        try await read("reading the newest runs") { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    WITH newest AS (
                        SELECT module_id, edition_id, max(started_at) AS at, count(*) AS number
                        FROM runs GROUP BY module_id, edition_id LIMIT 500
                    )
                    SELECT \(RunSummary.columns), number,
                        (SELECT json_group_array(json_object(
                            'before', json_extract(value, '$.comparison.p95.before'),
                            'after', json_extract(value, '$.comparison.p95.after'),
                            'decision', json_extract(value, '$.comparison.p95.decision')))
                        FROM json_each(CAST(report AS TEXT), '$.tests')) AS changes,
                        json_extract(CAST(report AS TEXT), '$.retry.attempt') AS attempt
                    FROM newest JOIN runs ON runs.module_id = newest.module_id
                        AND runs.edition_id = newest.edition_id AND started_at = newest.at
                    GROUP BY runs.module_id, runs.edition_id ORDER BY runs.module_id, runs.edition_id
                    """
            )
            return try rows.map { try RunTile($0) }
        }
    }

    /// The findings of the newest runs, one a fingerprint, newest first.
    ///
    /// `runs` is how many runs are looked at.
    package func findings(ofNewest runs: Int = 50) async throws(BaselineStoreError) -> [StoredFinding] {
        try await read("reading findings") { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT newest.id, module_id, edition_id, started_at, value
                    FROM (SELECT * FROM runs ORDER BY started_at DESC, id DESC LIMIT ?) AS newest,
                        json_each(CAST(report AS TEXT), '$.findings')
                    ORDER BY started_at DESC, newest.id DESC, key
                    """,
                arguments: [max(0, runs)]
            )
            var found: [StoredFinding] = []
            var places: [String: Int] = [:]
            for row in rows {
                let text: String = try row.decode(forColumn: "value")
                // A finding of another version that cannot be read is left out; its run still has it.
                guard let finding = try? StoredJSON.value(Finding.self, from: Data(text.utf8)) else { continue }
                if let place = places[finding.fingerprint] {
                    found[place].runs += 1
                    continue
                }
                places[finding.fingerprint] = found.count
                found.append(
                    StoredFinding(
                        finding: finding,
                        runID: try row.decode(forColumn: "id"),
                        moduleID: try row.decode(forColumn: "module_id"),
                        editionID: try row.decode(forColumn: "edition_id"),
                        seenAt: UInt64(clamping: try row.decode(Int64.self, forColumn: "started_at")),
                        runs: 1
                    )
                )
            }
            return found
        }
    }

    /// The repetitions among the newest runs, newest first.
    package func retries(ofNewest runs: Int = 200) async throws(BaselineStoreError) -> [StoredRetry] {
        try await read("reading repetitions") { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT id, module_id, edition_id, started_at, json_extract(CAST(report AS TEXT), '$.retry') AS retry
                    FROM (SELECT * FROM runs ORDER BY started_at DESC, id DESC LIMIT ?)
                    WHERE instr(report, CAST('"retry":{' AS BLOB)) > 0
                    """,
                arguments: [max(0, runs)]
            )
            return try rows.compactMap { row in
                let text: String? = try row.decode(forColumn: "retry")
                guard let text, let history = try? StoredJSON.value(RetryHistory.self, from: Data(text.utf8)) else {
                    return nil
                }
                return StoredRetry(
                    runID: try row.decode(forColumn: "id"),
                    moduleID: try row.decode(forColumn: "module_id"),
                    editionID: try row.decode(forColumn: "edition_id"),
                    startedAt: UInt64(clamping: try row.decode(Int64.self, forColumn: "started_at")),
                    history: history
                )
            }
        }
    }
}

extension RunSummary {
    static let columns = """
        runs.id, lineage_id, runs.module_id, runs.edition_id, started_at, ended_at, runs.status, runs.score, exit_code,
        was_interrupted, version, engine, environment,
        (SELECT count(*) FROM test_results WHERE run_id = runs.id) AS tests,
        (SELECT count(*) FROM test_results WHERE run_id = runs.id AND is_accepted) AS accepted_tests
        """
}

extension RunTile {
    private struct Change: Decodable {
        var before: Double?
        var after: Double?
        var decision: String?

        var ratio: Double? {
            guard let before, let after, before > 0 else { return nil }
            return after / before
        }
    }

    init(_ row: Row) throws {
        let text: String? = try row.decode(forColumn: "changes")
        let changes = text.flatMap { try? StoredJSON.value([Change].self, from: Data($0.utf8)) } ?? []
        let worst = changes.filter { $0.ratio != nil }.max { ($0.ratio ?? 0) < ($1.ratio ?? 0) }
        self.init(
            run: try RunSummary(row),
            runs: try row.decode(forColumn: "number"),
            change: worst?.ratio,
            decision: worst?.decision,
            retries: try row.decode(Int?.self, forColumn: "attempt") ?? 0
        )
    }
}
