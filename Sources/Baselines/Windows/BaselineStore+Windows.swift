package import Analysis
package import Correlation
import Foundation
import GRDB

extension BaselineStore {
    /// Read at once; between two such pieces others get their turn at the file.
    private static let windowsARead = 120

    /// Stores a closed window, the traces kept as its evidence and the anomalies it changed, in one transaction.
    ///
    /// The same window again replaces it, and so does an anomaly with the same id.
    /// What is in the file when this returns survives a kill and a power cut. With `keepsTraces` the evidence of the window
    /// that is replaced stays beside the new one.
    package func record(
        _ window: TelemetryWindow,
        traces: [StoredTrace] = [],
        keepsTraces: Bool = false,
        anomalies: [OperationAnomaly] = []
    ) async throws(BaselineStoreError) {
        let contents = WindowBlob.bytes(window).data
        let rows = traces.map { TraceRow($0, window: window.start) }
        let episodes = try self.rows(of: anomalies)
        try await write("recording the window of \(StoredTime.text(window.start))") { database in
            let start = StoredTime.column(window.start)
            if !keepsTraces { try database.execute(sql: "DELETE FROM traces WHERE window = ?", arguments: [start]) }
            try database.execute(
                sql: "INSERT OR REPLACE INTO windows (started_at, traces, spans, contents) VALUES (?, ?, ?, ?)",
                arguments: [start, window.traces, window.spans, contents]
            )
            for row in rows { try row.write(to: database) }
            for episode in episodes { try episode.write(to: database) }
        }
    }

    /// The windows that begin in a range of Unix nanoseconds, in order of start.
    ///
    /// One that is damaged is left out; `onDamage` is told its start.
    package func windows(
        in range: Range<UInt64>,
        onDamage: (UInt64) -> Void = { _ in }
    ) async throws(BaselineStoreError) -> [TelemetryWindow] {
        var windows: [TelemetryWindow] = []
        try await forEachWindow(in: range, onDamage: onDamage) { windows.append($0) }
        return windows
    }

    /// Hands over one window after another, in order of start: for stretches of which nobody wants to hold all at once.
    ///
    /// A damaged window costs itself and no other: it is passed over, and `onDamage` is told its start. Both closures run in
    /// the calling task, and no transaction is open meanwhile.
    package func forEachWindow(
        in range: Range<UInt64>,
        onDamage: (UInt64) -> Void,
        _ body: (TelemetryWindow) -> Void
    ) async throws(BaselineStoreError) {
        var next = StoredTime.column(range.lowerBound)
        let end = StoredTime.column(range.upperBound)
        while next < end {
            let first = next
            let rows = try await read("reading windows") { database in
                try Row.fetchAll(
                    database,
                    sql: """
                        SELECT started_at, contents FROM windows
                        WHERE started_at >= ? AND started_at < ? ORDER BY started_at LIMIT ?
                        """,
                    arguments: [first, end, BaselineStore.windowsARead]
                )
                .map { row -> (start: Int64, contents: Data) in
                    (try row.decode(forColumn: "started_at"), try row.decode(forColumn: "contents"))
                }
            }
            for row in rows {
                if let window = BaselineStore.window(at: row.start, row.contents) {
                    body(window)
                } else {
                    onDamage(StoredTime.value(row.start))
                }
            }
            guard rows.count == BaselineStore.windowsARead, let last = rows.last else { return }
            next = last.start + 1
        }
    }

    /// The start of the oldest and of the newest window; `nil` without any.
    package func windowRange() async throws(BaselineStoreError) -> ClosedRange<UInt64>? {
        try await read("looking for windows") { database in
            guard
                let row = try Row.fetchOne(database, sql: "SELECT min(started_at), max(started_at) FROM windows"),
                let oldest: Int64 = row[0], let newest: Int64 = row[1]
            else { return nil }
            return StoredTime.value(oldest)...StoredTime.value(newest)
        }
    }

    /// The start of the newest window by a clock of Unix nanoseconds; of the newest at all where every one lies ahead.
    ///
    /// A clock that was wrong by years leaves windows ahead of the time that it was set back to.
    package func newestWindow(at now: UInt64) async throws(BaselineStoreError) -> UInt64? {
        try await read("looking for windows") { database in
            let newest = try Int64.fetchOne(
                database,
                sql: """
                    SELECT coalesce((SELECT max(started_at) FROM windows WHERE started_at <= ?), max(started_at))
                    FROM windows
                    """,
                arguments: [StoredTime.column(now)]
            )
            return newest.map { StoredTime.value($0) }
        }
    }

    /// `nil` for a damaged one.
    private static func window(at start: Int64, _ contents: Data) -> TelemetryWindow? {
        contents.withUnsafeBytes { bytes in
            do throws(BlobDamage) {
                return try WindowBlob.window(at: StoredTime.value(start), bytes)
            } catch {
                return nil
            }
        }
    }
}
