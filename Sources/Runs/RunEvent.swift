package import LoadGeneration
package import Plans

/// What a run tells its audience while it goes on.
///
/// Sent in order, from any thread.
package enum RunEvent: Sendable {
    case started(runID: String, plan: TestPlan)
    /// Something a person should know now: a configuration warning, a dropped queue, a silent target.
    case notice(String)
    case startingTarget(command: String, healthURL: String)
    case targetHealthy(after: Duration)
    /// Four or five times a second; roots are requests whose first span has come.
    case load(LoadProgress, test: TestDefinition, spans: Int, roots: Int)
    /// Waiting for late spans: requests whose first span has come, of those that owe one.
    case draining(rootsSeen: Int, rootsOwed: Int, spans: Int)
    case analysing
}
