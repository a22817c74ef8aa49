import Foundation
import GRDB

extension BaselineStore {
    /// What `makeRoom` took out of the store.
    package struct Forgotten: Sendable, Hashable {
        package var windows = 0
        package var traces = 0
        package var deploys = 0
        package var checks = 0
        package var anomalies = 0

        package init() {}
    }

    /// Of what goes for the sake of size, this many rows a step.
    private static let rowsAStep = 60
    /// An hour, counted and not told by a clock that may have been wrong.
    private static let windowsKept = 60

    /// Forgets what is older than `time`, then the oldest traces and the oldest windows until `room` bytes fit in.
    ///
    /// Called before something is written, it keeps the file within its bound: pages that became free are used before
    /// the file grows, and given back to the system where the file was made to allow that. Runs and their baselines are
    /// never touched, and the newest 60 windows stay whatever the size.
    /// - Parameters:
    ///   - time: Unix nanoseconds.
    ///   - bytes: bound of the file.
    ///   - room: bytes that are about to be written.
    /// - Returns: how many rows went.
    /// - Throws: when the store cannot be written.
    package func makeRoom(
        forgettingBefore time: UInt64,
        bytes: Int,
        room: Int
    ) async throws(BaselineStoreError) -> Forgotten {
        try await write("forgetting what is old") { database in
            var forgotten = Forgotten()
            let time = StoredTime.column(time)
            forgotten.traces += try BaselineStore.delete("traces", "window < ?", [time], in: database)
            forgotten.windows += try BaselineStore.delete("windows", "started_at < ?", [time], in: database)
            forgotten.deploys += try BaselineStore.delete("deploys", "at < ?", [time], in: database)
            forgotten.checks += try BaselineStore.delete("checks", "checked_at < ?", [time], in: database)
            forgotten.anomalies += try BaselineStore.delete("anomalies", "until < ?", [time], in: database)
            forgotten.anomalies += try BaselineStore.delete(
                "anomalies",
                "id IN (SELECT id FROM anomalies ORDER BY since DESC, id DESC LIMIT -1 OFFSET ?)",
                [BaselineStore.anomalyLimit],
                in: database
            )
            let limit = bytes - room - BaselineStore.reserve
            while try BaselineStore.usedBytes(database) > limit {
                let traces = try BaselineStore.delete(
                    "traces",
                    "rowid IN (SELECT rowid FROM traces ORDER BY window LIMIT ?)",
                    [BaselineStore.rowsAStep],
                    in: database
                )
                forgotten.traces += traces
                if traces > 0 { continue }
                let windows = try BaselineStore.delete(
                    "windows",
                    """
                    started_at IN (SELECT started_at FROM windows ORDER BY started_at LIMIT ?)
                    AND started_at < (SELECT started_at FROM windows ORDER BY started_at DESC LIMIT 1 OFFSET ?)
                    """,
                    [BaselineStore.rowsAStep, BaselineStore.windowsKept - 1],
                    in: database
                )
                forgotten.windows += windows
                if windows == 0 { break }
            }
            if try BaselineStore.fileBytes(database) > limit {
                // Rows of a statement that nobody reads are not carried out.
                _ = try Row.fetchAll(database, sql: "PRAGMA incremental_vacuum")
            }
            return forgotten
        }
    }

    /// Bytes that the database's file and its log take up on disk; 0 when they cannot be looked at.
    package var fileBytes: Int {
        ["", "-wal"].reduce(0) { sum, suffix in
            let attributes = try? FileManager.default.attributesOfItem(atPath: path + suffix)
            return sum + ((attributes?[.size] as? NSNumber)?.intValue ?? 0)
        }
    }

    /// For the log, which grows to a thousand pages before it is worked in, and as many more while somebody reads.
    private static let reserve = 8 << 20

    private static func delete(
        _ table: String,
        _ condition: String,
        _ arguments: StatementArguments,
        in database: Database
    ) throws -> Int {
        try database.execute(sql: "DELETE FROM \(table) WHERE \(condition)", arguments: arguments)
        return database.changesCount
    }

    private static func usedBytes(_ database: Database) throws -> Int {
        try (pragma("page_count", database) - pragma("freelist_count", database)) * pragma("page_size", database)
    }

    private static func fileBytes(_ database: Database) throws -> Int {
        try pragma("page_count", database) * pragma("page_size", database)
    }

    private static func pragma(_ name: String, _ database: Database) throws -> Int {
        try Int.fetchOne(database, sql: "PRAGMA \(name)") ?? 0
    }
}
