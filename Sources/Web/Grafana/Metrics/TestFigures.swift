import Analysis
import Correlation
import Statistics
import Telemetry

/// What `/metrics` tells of one test of a run.
struct TestFigures: Sendable {
    var module: String
    var edition: String
    var test: String
    var type: String
    var status: TestStatus
    /// 0...1.
    var score: Double
    var p50Seconds: Double
    var p95Seconds: Double
    var errorRate: Double
    /// Requests per second.
    var targetRate: Double
    var achievedRate: Double
    /// Complete traces over those owed, 0...1; `nil` when none was owed.
    var coverage: Double?
    /// From when a request was due until it was sent, p99.
    var scheduleLagSeconds: Double
    /// By outcome; sums to what was scheduled.
    var outcomes: [String: UInt64]
    /// The highest rate that held, requests per second; of stress tests.
    var loadLine: Double?
    /// Why the measurement cannot be trusted.
    var invalidReasons: Int

    init(_ test: TestReport, of run: RunIdentity) {
        module = OperationLabels.clean(run.moduleID)
        edition = OperationLabels.clean(run.editionID)
        self.test = OperationLabels.clean(test.name)
        type = test.testTypeName
        status = test.verdict.status
        score = test.verdict.score.value
        p50Seconds = Double(test.load.latency.quantile(0.5)) / 1e9
        p95Seconds = Double(test.load.latency.quantile(0.95)) / 1e9
        errorRate = test.load.errorRate
        targetRate = test.load.targetRate
        achievedRate = test.load.achievedRate
        coverage = test.completeness.coverage
        scheduleLagSeconds = Double(test.load.scheduleLag.quantile(0.99)) / 1e9
        outcomes = test.load.outcomes
        invalidReasons = test.load.invalidReasons.count
        if case .loadLine(let line) = test.load.characteristic { loadLine = line.rate }
    }
}
