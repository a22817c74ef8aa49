import Analysis
import Foundation
import GRDB
import Telemetry

/// An anomaly as a row: the columns it is looked for by, and itself as JSON.
struct AnomalyRow: Sendable {
    private let anomaly: OperationAnomaly
    private let episode: Data

    init(_ anomaly: OperationAnomaly) throws {
        self.anomaly = anomaly
        episode = try StoredJSON.data(anomaly)
    }

    func write(to database: Database) throws {
        try database.execute(
            sql: """
                INSERT OR REPLACE INTO anomalies (id, service, since, until, severity, episode)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                anomaly.id, anomaly.operation.service, StoredTime.column(anomaly.since),
                anomaly.until.map { StoredTime.column($0) }, anomaly.severity.rawValue, episode,
            ]
        )
    }
}
