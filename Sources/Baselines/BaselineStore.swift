package import Analysis
import Correlation
import Foundation
import GRDB
import Statistics

/// Runs and their baselines in one SQLite file: `docs/formats/baseline-schema.md`.
///
/// Safe to use from any task, and from several processes at once: writers wait for each other, 5 seconds at most.
/// Every error is a `BaselineStoreError` of one line.
package final class BaselineStore: Sendable {
    package let path: String
    let database: DatabaseQueue

    /// Opens the file, or creates it in a folder that exists.
    ///
    /// A file that is damaged, of another program, or of a later version is refused and left as it was.
    package init(path: String) throws(BaselineStoreError) {
        self.path = path
        database = try StoreFile.open(path)
    }

    /// Accepted results of exactly this key, newest first, within what a person decided for it.
    ///
    /// A pinned run ends the history and a promoted run begins it: see `BaselineDecision`.
    package func baselines(
        for key: BaselineKey,
        limit: Int = 10
    ) async throws(BaselineStoreError) -> [BaselineRun] {
        try await read("reading baselines") { database in
            let window = try DecisionWindow(key, in: database)
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT runs.id, runs.environment, test_results.*
                    FROM runs JOIN test_results ON test_results.run_id = runs.id
                    WHERE \(KeyColumns.condition) AND test_results.is_accepted AND \(window.condition)
                    ORDER BY runs.started_at DESC, runs.id DESC LIMIT ?
                    """,
                arguments: KeyColumns.arguments(key) + window.arguments + [max(0, limit)]
            )
            return try rows.map(BaselineStore.baseline)
        }
    }

    /// Stores a run in one transaction; recording the same run again replaces it.
    ///
    /// Every run is kept. A test is accepted as a baseline when it came out pass, warning or exploratory, has not become
    /// slower than the baselines before it, and the run was not interrupted. Completes even when the calling task is cancelled, so that an interrupted run is kept too.
    package func record(_ report: RunReport) async throws(BaselineStoreError) {
        let operation = "recording run \(report.run.id)"
        let record: RunRecord
        do {
            record = try RunRecord(report)
        } catch {
            throw BaselineStoreError(error, path: path, operation: operation)
        }
        try await write(operation) { try record.write(to: $0) }
    }

    /// Runs that began in a range of Unix nanoseconds, newest first.
    package func runs(
        in range: Range<UInt64> = 0..<UInt64.max,
        limit: Int = 50
    ) async throws(BaselineStoreError) -> [RunSummary] {
        try await read("listing runs") { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT \(RunSummary.columns) FROM runs WHERE started_at >= ? AND started_at < ?
                    ORDER BY started_at DESC, id DESC LIMIT ?
                    """,
                arguments: [
                    StoredTime.column(range.lowerBound), StoredTime.column(range.upperBound), max(0, limit),
                ]
            )
            return try rows.map(RunSummary.init)
        }
    }

    /// A stored report; `nil` when there is no such run.
    package func report(_ runID: String) async throws(BaselineStoreError) -> RunReport? {
        try await read("reading run \(runID)") { database in
            try Data.fetchOne(database, sql: "SELECT report FROM runs WHERE id = ?", arguments: [runID])
                .map { try StoredJSON.value(RunReport.self, from: $0) }
        }
    }

    /// The id of the newest run of each module and edition, newest first.
    package func newestRunIDs(limit: Int) async throws(BaselineStoreError) -> [String] {
        try await read("listing the newest runs") { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT max(id) FROM runs JOIN (
                        SELECT module_id AS module, edition_id AS edition, max(started_at) AS newest
                        FROM runs GROUP BY module_id, edition_id ORDER BY newest DESC LIMIT ?
                    ) ON module_id = module AND edition_id = edition AND started_at = newest
                    GROUP BY module_id, edition_id ORDER BY started_at DESC
                    """,
                arguments: [max(0, limit)]
            )
        }
    }

    /// The ids of all runs that begin with `prefix`, newest first; at most `limit`.
    package func runIDs(
        beginningWith prefix: String,
        limit: Int = 5
    ) async throws(BaselineStoreError) -> [String] {
        try await read("looking for run \(prefix)") { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT id FROM runs WHERE substr(id, 1, length(?)) = ?
                    ORDER BY started_at DESC, id DESC LIMIT ?
                    """,
                arguments: [prefix, prefix, max(0, limit)]
            )
        }
    }

    func read<Value: Sendable>(
        _ operation: String,
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(BaselineStoreError) -> Value {
        do {
            return try await database.read(body)
        } catch {
            throw BaselineStoreError(error, path: path, operation: operation)
        }
    }

    /// Runs `body` in one transaction that a cancelled task does not interrupt.
    func write<Value: Sendable>(
        _ operation: String,
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(BaselineStoreError) -> Value {
        let database = database
        // An unstructured task, because GRDB gives up where its own is cancelled.
        let writing = Task { try await database.write(body) }
        switch await writing.result {
        case .success(let value): return value
        case .failure(let error): throw BaselineStoreError(error, path: path, operation: operation)
        }
    }

    private static func baseline(_ row: Row) throws -> BaselineRun {
        BaselineRun(
            runID: try row.decode(forColumn: "id"),
            profile: try StoredJSON.value(EndpointProfile.self, from: row.decode(forColumn: "profile")),
            latency: try StoredJSON.value(LatencyHistogram.self, from: row.decode(forColumn: "latency")),
            errorRate: try row.decode(forColumn: "error_rate"),
            achievedRate: try row.decode(forColumn: "achieved_rate"),
            score: try row.decode(forColumn: "score"),
            status: try row.decode(forColumn: "status"),
            coverage: try row.decode(forColumn: "coverage"),
            environment: try row.decode(forColumn: "environment")
        )
    }
}
