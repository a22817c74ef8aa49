package import Analysis

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
