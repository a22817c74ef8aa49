import Analysis

/// One run of an export: the whole report, and which of its tests are baselines.
struct ExportedRun: Sendable, Codable {
    var report: RunReport
    /// In the order of the tests.
    var accepted: [Bool]
    /// Decisions that name this run, by the name of the test.
    var decisions: [String: BaselineDecision]
}
