import Baselines

/// A `BaselineSummary` as JSON.
struct BaselineLine: Encodable {
    let module: String
    let edition: String
    let test: String
    let testType: String
    let runs: Int
    let baselineRuns: Int
    let newestRun: String?
    let p95Ms: Double?
    let score: Double?
    let decision: String?
    let decidedRun: String?
    let consecutiveRegressions: Int
    let obsolete: Bool

    init(_ summary: BaselineSummary) {
        module = summary.key.moduleID
        edition = summary.key.editionID
        test = summary.key.endpoint
        testType = summary.key.testType
        runs = summary.runs
        baselineRuns = summary.baselineRuns
        newestRun = summary.newestRunID
        p95Ms = summary.p95Milliseconds
        score = summary.score
        decision = summary.decision?.rawValue
        decidedRun = summary.decidedRunID
        consecutiveRegressions = summary.consecutiveRegressions
        obsolete = summary.isObsolete
    }
}
