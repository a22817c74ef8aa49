package import Correlation
import Foundation
import GRDB

extension BaselineStore {
    /// Read at once; between two such pieces others get their turn at the file.
    private static let windowsARead = 120

    /// Stores a closed window and the traces kept as its evidence, in one transaction; the same window again replaces it.
    ///
    /// What is in the file when this returns survives a kill and a power cut. With `keepsTraces` the evidence of the window
    /// that is replaced stays beside the new one.
    package func record(
        _ window: TelemetryWindow,
        traces: [StoredTrace] = [],
        keepsTraces: Bool = false
    ) async throws(BaselineStoreError) {
        let contents = WindowBlob.bytes(window).data
        let rows = traces.map { TraceRow($0, window: window.start) }
        try await write("recording the window of \(StoredTime.text(window.start))") { database in
            let start = StoredTime.column(window.start)
            if !keepsTraces { try database.execute(sql: "DELETE FROM traces WHERE window = ?", arguments: [start]) }
            try database.execute(
                sql: "INSERT OR REPLACE INTO windows (started_at, traces, spans, contents) VALUES (?, ?, ?, ?)",
                arguments: [start, window.traces, window.spans, contents]
            )
            for row in rows { try row.write(to: database) }
        }
    }

    /// The windows that begin in a range of Unix nanoseconds, in order of start.
    package func windows(in range: Range<UInt64>) async throws(BaselineStoreError) -> [TelemetryWindow] {
        var windows: [TelemetryWindow] = []
        try await forEachWindow(in: range) { windows.append($0) }
        return windows
    }

    /// Hands over one window after another, in order of start: for stretches of which nobody wants to hold all at once.
    ///
    /// The body runs in the calling task, and no transaction is open meanwhile.
    package func forEachWindow(
        in range: Range<UInt64>,
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
            for row in rows { body(try window(at: row.start, row.contents)) }
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

    private func window(at start: Int64, _ contents: Data) throws(BaselineStoreError) -> TelemetryWindow {
        let time = StoredTime.value(start)
        let result: Result<TelemetryWindow, BlobDamage> = contents.withUnsafeBytes { bytes in
            do throws(BlobDamage) {
                return .success(try WindowBlob.window(at: time, bytes))
            } catch {
                return .failure(error)
            }
        }
        do throws(BlobDamage) {
            return try result.get()
        } catch {
            throw .failed(
                path: path,
                operation: "reading the window of \(StoredTime.text(time))",
                detail: error.description
            )
        }
    }
}
