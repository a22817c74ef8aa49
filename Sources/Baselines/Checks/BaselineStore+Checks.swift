package import Analysis
import Foundation
import GRDB

extension BaselineStore {
    /// Kept of one deploy; past it the oldest go, so that a script that asks every second fills no disk.
    package static let checksPerDeploy = 100

    /// Stores a check; the same id again replaces it.
    package func record(_ check: CheckReport) async throws(BaselineStoreError) {
        let operation = "recording the check \(check.id)"
        let report: Data
        let findings: Data
        do {
            report = try StoredJSON.data(check)
            findings = try StoredJSON.data(check.findings)
        } catch {
            throw BaselineStoreError(error, path: path, operation: operation)
        }
        try await write(operation) { database in
            try database.execute(
                sql: """
                    INSERT OR REPLACE INTO checks (id, deploy_id, service, version, checked_at, verdict, confidence,
                        control, placebo_pairs, summary, findings, report)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    check.id, check.deploy.id, check.deploy.service, check.deploy.version,
                    StoredTime.column(check.checkedAt), check.verdict.rawValue,
                    check.confidence.isFinite ? check.confidence : 0, check.control.rawValue, check.placeboPairs,
                    check.summary, String(decoding: findings, as: UTF8.self), report,
                ]
            )
            try database.execute(
                sql: """
                    DELETE FROM checks WHERE deploy_id = ?1 AND id NOT IN
                    (SELECT id FROM checks WHERE deploy_id = ?1 ORDER BY checked_at DESC, id LIMIT ?2)
                    """,
                arguments: [check.deploy.id, BaselineStore.checksPerDeploy]
            )
        }
    }

    /// Whole checks, newest first; of one deploy where its id is given.
    ///
    /// Each is a document of tens of kilobytes: lists want `listedChecks`.
    package func checks(
        ofDeploy deployID: String? = nil,
        limit: Int = 100
    ) async throws(BaselineStoreError) -> [CheckReport] {
        try await read("listing checks") { database in
            try Data.fetchAll(
                database,
                sql: """
                    SELECT report FROM checks WHERE ?1 IS NULL OR deploy_id = ?1
                    ORDER BY checked_at DESC, id LIMIT ?2
                    """,
                arguments: [deployID, max(0, limit)]
            )
            .map { try StoredJSON.value(CheckReport.self, from: $0) }
        }
    }

    /// A check by its id; `nil` for an unknown one.
    package func check(_ id: String) async throws(BaselineStoreError) -> CheckReport? {
        try await read("reading the check \(id)") { database in
            try Data.fetchOne(database, sql: "SELECT report FROM checks WHERE id = ?", arguments: [id])
                .map { try StoredJSON.value(CheckReport.self, from: $0) }
        }
    }

    /// Checks in a range of Unix nanoseconds, newest first; only those that found something where `found` says so.
    package func listedChecks(
        in range: Range<UInt64> = 0..<UInt64.max,
        found: Bool = false,
        limit: Int = 100
    ) async throws(BaselineStoreError) -> [ListedCheck] {
        try await read("listing checks") { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT \(ListedCheck.columns) FROM checks
                    WHERE checked_at >= ? AND checked_at < ? \(found ? "AND findings <> '[]'" : "")
                    ORDER BY checked_at DESC, id LIMIT ?
                    """,
                arguments: [
                    StoredTime.column(range.lowerBound), StoredTime.column(range.upperBound), max(0, limit),
                ]
            )
            .map { try ListedCheck($0) }
        }
    }

    /// The newest check of each service, newest first.
    package func newestChecks(limit: Int) async throws(BaselineStoreError) -> [ListedCheck] {
        try await read("listing the newest checks") { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT \(ListedCheck.columns) FROM checks JOIN (
                        SELECT service AS of, max(checked_at) AS newest
                        FROM checks GROUP BY service ORDER BY newest DESC LIMIT ?
                    ) ON service = of AND checked_at = newest
                    ORDER BY checked_at DESC, id
                    """,
                arguments: [max(0, limit)]
            )
            .map { try ListedCheck($0) }
        }
    }

    /// Deploys in a range of Unix nanoseconds with the newest check of each, newest deploy first.
    package func checkedDeploys(
        of service: String? = nil,
        in range: Range<UInt64> = 0..<UInt64.max,
        limit: Int = 100
    ) async throws(BaselineStoreError) -> [CheckedDeploy] {
        let deploys = try await deploys(of: service, in: range, limit: limit)
        return try await read("listing checks of deploys") { database in
            let newest = try database.cachedStatement(
                sql: """
                    SELECT \(ListedCheck.columns) FROM checks
                    WHERE deploy_id = ? ORDER BY checked_at DESC, id LIMIT 1
                    """
            )
            return try deploys.map { deploy in
                CheckedDeploy(
                    deploy: deploy,
                    check: try Row.fetchOne(newest, arguments: [deploy.id]).map { try ListedCheck($0) }
                )
            }
        }
    }
}
