package import Analysis
import Foundation
import GRDB

extension BaselineStore {
    /// Kept whatever their age; of more the oldest go.
    package static let anomalyLimit = 20_000

    /// A page of the anomalies that lasted at any time of a range of Unix nanoseconds, newest beginning first.
    ///
    /// The page begins behind the one with the id `after`; an unknown one is the beginning.
    package func anomalies(
        in range: Range<UInt64> = 0..<UInt64.max,
        matching filter: AnomalyFilter = AnomalyFilter(),
        after: String? = nil,
        limit: Int = 100
    ) async throws(BaselineStoreError) -> [OperationAnomaly] {
        try await read("listing anomalies") { database in
            try Data.fetchAll(
                database,
                sql: """
                    SELECT episode FROM anomalies
                    WHERE since < ?1 AND (until IS NULL OR until >= ?2) AND (?3 IS NULL OR service = ?3)
                        AND (NOT ?4 OR until IS NULL)
                        AND (?5 IS NULL OR (since, id) <
                            (coalesce((SELECT since FROM anomalies WHERE id = ?5), 9223372036854775807), ?5))
                    ORDER BY since DESC, id DESC LIMIT ?6
                    """,
                arguments: [
                    StoredTime.column(range.upperBound), StoredTime.column(range.lowerBound), filter.service,
                    filter.isLasting, after, max(0, limit),
                ]
            )
            .map { try StoredJSON.value(OperationAnomaly.self, from: $0) }
        }
    }

    /// How many last now.
    package func lastingAnomalies() async throws(BaselineStoreError) -> Int {
        try await read("counting anomalies") { database in
            try Int.fetchOne(database, sql: "SELECT count(*) FROM anomalies WHERE until IS NULL") ?? 0
        }
    }

    /// Stores how anomalies stand now; those with a known id are replaced.
    package func record(_ anomalies: [OperationAnomaly]) async throws(BaselineStoreError) {
        let rows = try rows(of: anomalies)
        try await write("recording anomalies") { database in
            for row in rows { try row.write(to: database) }
        }
    }

    func rows(of anomalies: [OperationAnomaly]) throws(BaselineStoreError) -> [AnomalyRow] {
        do {
            return try anomalies.map { try AnomalyRow($0) }
        } catch {
            throw BaselineStoreError(error, path: path, operation: "recording anomalies")
        }
    }
}
