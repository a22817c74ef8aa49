package import Analysis
import GRDB

/// One line of the run history.
package struct RunSummary: Sendable, Hashable {
    package var id: String
    package var lineageID: String
    package var moduleID: String
    package var editionID: String
    /// Unix nanoseconds.
    package var startedAt: UInt64
    package var endedAt: UInt64
    package var status: TestStatus
    package var score: Double
    package var exitCode: Int
    package var wasInterrupted: Bool
    /// How many tests ran, and how many of them were accepted as baselines.
    package var tests: Int
    package var acceptedTests: Int
    package var version: String
    package var engine: String
    package var environment: String
}

extension RunSummary {
    init(_ row: Row) throws {
        let status: String = try row.decode(forColumn: "status")
        guard let known = TestStatus(rawValue: status) else {
            throw RowDecodingFailure(column: "status", value: status)
        }
        id = try row.decode(forColumn: "id")
        lineageID = try row.decode(forColumn: "lineage_id")
        moduleID = try row.decode(forColumn: "module_id")
        editionID = try row.decode(forColumn: "edition_id")
        startedAt = UInt64(clamping: try row.decode(Int64.self, forColumn: "started_at"))
        endedAt = UInt64(clamping: try row.decode(Int64.self, forColumn: "ended_at"))
        self.status = known
        score = try row.decode(forColumn: "score")
        exitCode = try row.decode(forColumn: "exit_code")
        wasInterrupted = try row.decode(forColumn: "was_interrupted")
        tests = try row.decode(forColumn: "tests")
        acceptedTests = try row.decode(forColumn: "accepted_tests")
        version = try row.decode(forColumn: "version")
        engine = try row.decode(forColumn: "engine")
        environment = try row.decode(forColumn: "environment")
    }
}
