import Analysis
import Foundation
import GRDB

extension BaselineStore {
    /// Every finding of runs that began in a range of Unix nanoseconds: newest run first, within it worst first.
    ///
    /// `runs` is how many runs are looked at.
    package func findings(in range: Range<UInt64>, runs: Int) async throws(BaselineStoreError) -> [StoredFinding] {
        try await read("reading findings") { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT newest.id, module_id, edition_id, started_at, value
                    FROM (
                        SELECT * FROM runs WHERE started_at >= ? AND started_at < ?
                        ORDER BY started_at DESC, id DESC LIMIT ?
                    ) AS newest, json_each(CAST(report AS TEXT), '$.findings')
                    ORDER BY started_at DESC, newest.id DESC, key
                    """,
                arguments: [
                    StoredTime.column(range.lowerBound), StoredTime.column(range.upperBound), max(0, runs),
                ]
            )
            return try rows.compactMap { row in
                let text: String = try row.decode(forColumn: "value")
                // A finding of another version that cannot be read is left out; its run still has it.
                guard let finding = try? StoredJSON.value(Finding.self, from: Data(text.utf8)) else { return nil }
                return StoredFinding(
                    finding: finding,
                    runID: try row.decode(forColumn: "id"),
                    moduleID: try row.decode(forColumn: "module_id"),
                    editionID: try row.decode(forColumn: "edition_id"),
                    seenAt: StoredTime.value(try row.decode(forColumn: "started_at")),
                    runs: 1
                )
            }
        }
    }
}
