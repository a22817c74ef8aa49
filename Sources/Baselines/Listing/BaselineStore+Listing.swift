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

    /// One line of the history; `nil` when there is no such run.
    package func run(_ id: String) async throws(BaselineStoreError) -> RunSummary? {
        try await read("reading run \(id)") { database in
            try Row.fetchOne(database, sql: "SELECT \(RunSummary.columns) FROM runs WHERE id = ?", arguments: [id])
                .map { try RunSummary($0) }
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
                    SELECT \(RunSummary.columns), number, change, decision, attempt
                    FROM newest JOIN runs ON runs.module_id = newest.module_id
                        AND runs.edition_id = newest.edition_id AND started_at = newest.at
                        JOIN run_summaries ON run_summaries.run_id = runs.id
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
            var found: [StoredFinding] = []
            var places: [String: Int] = [:]
            for row in try FindingRow.all(in: 0..<UInt64.max, runs: runs, from: database) {
                if let place = row.fingerprint.flatMap({ places[$0] }) {
                    found[place].runs += 1
                } else if let finding = row.finding() {
                    places[finding.finding.fingerprint] = found.count
                    found.append(finding)
                }
            }
            return found
        }
    }

    /// Every finding of runs that began in a range of Unix nanoseconds: newest run first, within it worst first.
    ///
    /// `runs` is how many runs are looked at.
    package func findings(in range: Range<UInt64>, runs: Int) async throws(BaselineStoreError) -> [StoredFinding] {
        try await read("reading findings") { database in
            try FindingRow.all(in: range, runs: runs, from: database).compactMap { $0.finding() }
        }
    }

    /// The repetitions among the newest runs, newest first.
    package func retries(ofNewest runs: Int = 200) async throws(BaselineStoreError) -> [StoredRetry] {
        try await read("reading repetitions") { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT id, module_id, edition_id, started_at, retry
                    FROM (
                        SELECT id, module_id, edition_id, started_at FROM runs
                        ORDER BY started_at DESC, id DESC LIMIT ?
                    ) JOIN run_summaries ON run_id = id
                    WHERE retry IS NOT NULL
                    ORDER BY started_at DESC, id DESC
                    """,
                arguments: [max(0, runs)]
            )
            return try rows.compactMap { row in
                let retry: Data = try row.decode(forColumn: "retry")
                guard let history = try? StoredJSON.value(RetryHistory.self, from: retry) else { return nil }
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
    init(_ row: Row) throws {
        self.init(
            run: try RunSummary(row),
            runs: try row.decode(forColumn: "number"),
            change: try row.decode(forColumn: "change"),
            decision: try row.decode(forColumn: "decision"),
            retries: try row.decode(forColumn: "attempt")
        )
    }
}
