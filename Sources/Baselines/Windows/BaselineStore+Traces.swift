import Foundation
import GRDB
package import Telemetry

extension BaselineStore {
    /// Of one search; a condition on attributes has to look into documents.
    private static let documentsASearch = 5_000
    private static let documentsARead = 100

    /// A trace kept as evidence; `nil` for an unknown one.
    package func trace(_ id: TraceID) async throws(BaselineStoreError) -> TraceDocument? {
        let contents = try await read("reading trace \(id)") { database in
            try Data.fetchOne(
                database,
                sql: "SELECT document FROM traces WHERE id = ?",
                arguments: [TraceRow.key(id)]
            )
        }
        guard let contents else { return nil }
        return try document(id, contents)
    }

    /// Traces kept as evidence, newest first.
    ///
    /// Looks into the newest 5,000 that the service, the times and the duration leave over.
    package func traces(matching query: TraceQuery) async throws(BaselineStoreError) -> [TraceDocument] {
        let limit = min(max(0, query.limit), TraceQuery.limitAtMost)
        var found: [TraceDocument] = []
        var offset = 0
        while found.count < limit, offset < BaselineStore.documentsASearch {
            let start = offset
            let rows = try await read("looking for traces") { database in
                try Row.fetchAll(
                    database,
                    sql: """
                        SELECT id, document FROM traces
                        WHERE started_at >= ? AND started_at < ? AND duration >= ? AND duration <= ?
                            AND (? IS NULL OR instr(services, ?) > 0)
                        ORDER BY started_at DESC, id LIMIT ? OFFSET ?
                        """,
                    arguments: [
                        StoredTime.column(query.range.lowerBound), StoredTime.column(query.range.upperBound),
                        Int64(clamping: query.durations.lowerBound), Int64(clamping: query.durations.upperBound),
                        query.service, query.service.map { "\n\($0)\n" }, BaselineStore.documentsARead, start,
                    ]
                )
                .map { row -> (id: Data, document: Data) in
                    (try row.decode(forColumn: "id"), try row.decode(forColumn: "document"))
                }
            }
            for row in rows {
                guard found.count < limit, let id = TraceRow.id(row.id) else { continue }
                let document = try document(id, row.document)
                if query.matches(document) { found.append(document) }
            }
            guard rows.count == BaselineStore.documentsARead else { break }
            offset += rows.count
        }
        return found
    }

    private func document(_ id: TraceID, _ contents: Data) throws(BaselineStoreError) -> TraceDocument {
        let result: Result<TraceDocument, BlobDamage> = contents.withUnsafeBytes { bytes in
            do throws(BlobDamage) {
                return .success(try TraceBlob.document(id, bytes))
            } catch {
                return .failure(error)
            }
        }
        do throws(BlobDamage) {
            return try result.get()
        } catch {
            throw .failed(path: path, operation: "reading trace \(id)", detail: error.description)
        }
    }
}
