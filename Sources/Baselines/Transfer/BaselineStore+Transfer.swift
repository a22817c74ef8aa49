import Analysis
package import Foundation
import GRDB

extension BaselineStore {
    /// Runs as JSON Lines (`docs/formats/baseline-schema.md`), oldest first, to carry to another store.
    ///
    /// `runIDs` says which, `nil` all of them; unknown ids are left out.
    package func export(_ runIDs: [String]? = nil) async throws(BaselineStoreError) -> Data {
        let runs = try await read("exporting") { database in
            let known = try String.fetchAll(database, sql: "SELECT id FROM runs ORDER BY started_at, id")
            let wanted = runIDs.map { Set($0) }
            return try known.filter { wanted?.contains($0) ?? true }
                .map { try BaselineStore.exportedRun($0, in: database) }
        }
        do {
            var lines = try StoredJSON.data(ExportHeader(runs: runs.count))
            for run in runs {
                lines.append(UInt8(ascii: "\n"))
                lines.append(try StoredJSON.data(run))
            }
            lines.append(UInt8(ascii: "\n"))
            return lines
        } catch {
            throw BaselineStoreError(error, path: path, operation: "exporting")
        }
    }

    /// Takes in an export: all of it or, on any error, nothing.
    ///
    /// Runs that the store already has are left as they are.
    /// - Returns: how many runs are new, and how many were known.
    /// - Throws: `BaselineTransferError` for the file, `BaselineStoreError` for the store.
    package func `import`(_ data: Data) async throws -> (added: Int, known: Int) {
        let runs = try BaselineStore.parse(data)
        return try await write("importing") { database in
            var added = 0
            for run in runs {
                let id = run.report.run.id
                let isKnown = try Bool.fetchOne(
                    database,
                    sql: "SELECT EXISTS (SELECT 1 FROM runs WHERE id = ?)",
                    arguments: [id]
                )
                if isKnown == true { continue }
                try RunRecord(run.report, accepted: run.accepted).write(to: database)
                added += 1
                for test in run.report.tests {
                    guard let decision = run.decisions[test.name] else { continue }
                    // What was decided here weighs more than what was decided elsewhere.
                    try database.execute(
                        sql: """
                            INSERT OR IGNORE INTO baseline_decisions
                                (module_id, edition_id, test_type, endpoint, run_id, decision, decided_at)
                            VALUES (?, ?, ?, ?, ?, ?, ?)
                            """,
                        arguments: [
                            run.report.run.moduleID, run.report.run.editionID, test.testTypeName, test.name, id,
                            decision.rawValue, Int64(clamping: run.report.run.endedAt),
                        ]
                    )
                }
            }
            return (added, runs.count - added)
        }
    }

    private static func parse(_ data: Data) throws(BaselineTransferError) -> [ExportedRun] {
        let lines = data.split(separator: UInt8(ascii: "\n"))
        guard let first = lines.first, let header = try? StoredJSON.value(ExportHeader.self, from: first) else {
            throw .notAnExport
        }
        guard header.schema == ExportHeader.current else { throw .unknownSchema(header.schema) }
        var runs: [ExportedRun] = []
        for (index, line) in lines.enumerated().dropFirst() {
            do {
                runs.append(try StoredJSON.value(ExportedRun.self, from: line))
            } catch {
                throw .brokenLine(index + 1, detail: "\(error)".onOneLine)
            }
        }
        guard runs.count == header.runs else { throw .wrongCount(expected: header.runs, found: runs.count) }
        return runs
    }

    private static func exportedRun(_ id: String, in database: Database) throws -> ExportedRun {
        let report: Data =
            try Data.fetchOne(database, sql: "SELECT report FROM runs WHERE id = ?", arguments: [id]) ?? Data()
        let accepted = try Bool.fetchAll(
            database,
            sql: "SELECT is_accepted FROM test_results WHERE run_id = ? ORDER BY position",
            arguments: [id]
        )
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT endpoint, decision FROM baseline_decisions WHERE run_id = ? ORDER BY endpoint",
            arguments: [id]
        )
        var decisions: [String: BaselineDecision] = [:]
        for row in rows {
            let word: String = try row.decode(forColumn: "decision")
            decisions[try row.decode(forColumn: "endpoint")] = BaselineDecision(rawValue: word)
        }
        return ExportedRun(
            report: try StoredJSON.value(RunReport.self, from: report),
            accepted: accepted,
            decisions: decisions
        )
    }
}
