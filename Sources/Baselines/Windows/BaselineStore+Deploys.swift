package import Analysis
import GRDB

extension BaselineStore {
    /// Stores a marker; the same id again replaces it.
    ///
    /// - Throws: `.refused` for one that breaks a rule of `DeployMarker.problem`; its moment is not looked at.
    package func record(_ deploy: DeployMarker) async throws(BaselineStoreError) {
        if let problem = deploy.problem() { throw .refused(problem) }
        try await write("recording the deploy \(deploy.id)") { database in
            try database.execute(
                sql: """
                    INSERT OR REPLACE INTO deploys (id, service, version, at, source, message, url)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    deploy.id, deploy.service, deploy.version, StoredTime.column(deploy.at), deploy.source.rawValue,
                    deploy.message, deploy.url,
                ]
            )
        }
    }

    /// Markers in a range of Unix nanoseconds, newest first; of one service where it is named.
    package func deploys(
        of service: String? = nil,
        in range: Range<UInt64> = 0..<UInt64.max,
        limit: Int = 100
    ) async throws(BaselineStoreError) -> [DeployMarker] {
        try await read("listing deploys") { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM deploys WHERE at >= ? AND at < ? AND (? IS NULL OR service = ?)
                    ORDER BY at DESC, id LIMIT ?
                    """,
                arguments: [
                    StoredTime.column(range.lowerBound), StoredTime.column(range.upperBound), service, service,
                    max(0, limit),
                ]
            )
            .map { try DeployMarker($0) }
        }
    }

    /// A marker by its id; `nil` for an unknown one.
    package func deploy(_ id: String) async throws(BaselineStoreError) -> DeployMarker? {
        try await read("reading the deploy \(id)") { database in
            try Row.fetchOne(database, sql: "SELECT * FROM deploys WHERE id = ?", arguments: [id])
                .map { try DeployMarker($0) }
        }
    }

    /// The newest deploy of each service, newest first.
    package func newestDeploys(limit: Int) async throws(BaselineStoreError) -> [DeployMarker] {
        try await read("listing the newest deploys") { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT deploys.* FROM deploys JOIN (
                        SELECT service AS of, max(at) AS newest FROM deploys GROUP BY service ORDER BY newest DESC LIMIT ?
                    ) ON service = of AND at = newest
                    ORDER BY at DESC, id
                    """,
                arguments: [max(0, limit)]
            )
            .map { try DeployMarker($0) }
        }
    }
}

extension DeployMarker {
    init(_ row: Row) throws {
        let source: String = try row.decode(forColumn: "source")
        self.init(
            service: try row.decode(forColumn: "service"),
            version: try row.decode(forColumn: "version"),
            at: StoredTime.value(try row.decode(forColumn: "at")),
            source: Source(rawValue: source) ?? .declared,
            message: try row.decode(forColumn: "message"),
            url: try row.decode(forColumn: "url")
        )
    }
}
