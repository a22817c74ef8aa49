import Analysis
import Baselines

/// A run as lists of the API have it; moments are Unix nanoseconds.
struct RunRow: Encodable {
    let id: String
    let traceId: String
    let moduleId: String
    let editionId: String
    let startedAt: UInt64
    let endedAt: UInt64
    let status: String
    let score: Double
    let exitCode: Int
    let wasInterrupted: Bool
    let tests: Int
    let acceptedTests: Int
    let version: String
    let environment: String

    init(_ run: RunSummary) {
        id = run.id
        traceId = run.lineageID
        moduleId = run.moduleID
        editionId = run.editionID
        startedAt = run.startedAt
        endedAt = run.endedAt
        status = run.status.rawValue
        score = run.score
        exitCode = run.exitCode
        wasInterrupted = run.wasInterrupted
        tests = run.tests
        acceptedTests = run.acceptedTests
        version = run.version
        environment = run.environment
    }
}

/// A page of a list, and where the next one begins.
struct ListJSON<Item: Encodable>: Encodable {
    let items: [Item]
    /// For `cursor`; `nil` on the last page.
    let next: String?

    init(_ items: [Item], next: String? = nil) {
        self.items = items
        self.next = next
    }
}
