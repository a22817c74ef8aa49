import Analysis
import Foundation
import GRDB

/// One finding of one run as the store has it: read as a value only where somebody needs it.
struct FindingRow {
    /// `nil` in a finding that is damaged.
    let fingerprint: String?
    private let json: String
    private let runID: String
    private let moduleID: String
    private let editionID: String
    private let startedAt: UInt64

    private init(_ row: Row) throws {
        fingerprint = try row.decode(forColumn: "fingerprint")
        json = try row.decode(forColumn: "value")
        runID = try row.decode(forColumn: "id")
        moduleID = try row.decode(forColumn: "module_id")
        editionID = try row.decode(forColumn: "edition_id")
        startedAt = UInt64(clamping: try row.decode(Int64.self, forColumn: "started_at"))
    }

    /// Of the newest `runs` runs that began in a range of Unix nanoseconds: newest run first, within it worst first.
    static func all(in range: Range<UInt64>, runs: Int, from database: Database) throws -> [FindingRow] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT newest.id, module_id, edition_id, started_at, value,
                    json_extract(value, '$.fingerprint') AS fingerprint
                FROM (
                    SELECT id, module_id, edition_id, started_at FROM runs WHERE started_at >= ? AND started_at < ?
                    ORDER BY started_at DESC, id DESC LIMIT ?
                ) AS newest JOIN run_summaries ON run_id = newest.id, json_each(CAST(findings AS TEXT))
                ORDER BY started_at DESC, newest.id DESC, key
                """,
            arguments: [StoredTime.column(range.lowerBound), StoredTime.column(range.upperBound), max(0, runs)]
        )
        return try rows.map { try FindingRow($0) }
    }

    /// `nil` for a finding of another version that cannot be read: its run still has it.
    func finding() -> StoredFinding? {
        guard let finding = try? StoredJSON.value(Finding.self, from: Data(json.utf8)) else { return nil }
        return StoredFinding(
            finding: finding,
            runID: runID,
            moduleID: moduleID,
            editionID: editionID,
            seenAt: startedAt,
            runs: 1
        )
    }
}
