import Analysis
import Baselines

/// A `RunSummary` as JSON.
struct RunLine: Encodable {
    let id: String
    let startedAt: String
    let module: String
    let edition: String
    let status: String
    let score: Double
    let exitCode: Int
    let tests: Int
    let baselines: Int

    init(_ run: RunSummary) {
        id = run.id
        startedAt = JSONLine.time(run.startedAt)
        module = run.moduleID
        edition = run.editionID
        status = run.status.rawValue
        score = run.score
        exitCode = run.exitCode
        tests = run.tests
        baselines = run.acceptedTests
    }
}
