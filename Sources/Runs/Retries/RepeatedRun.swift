import Analysis
import Foundation
import Plans

/// One run of one edition, repeated where it came out badly and the plan or a note asks for it.
///
/// Where nothing is repeated it is its `RunPipeline` and nothing else. Every attempt is a run of its own, with its
/// artifacts in `attempt-N` and its line in the store; the folder itself holds the last word on every test.
struct RepeatedRun: Sendable {
    private let project: Project
    private let settings: RunSettings
    private let interruption: RunInterruption
    private let onEvent: @Sendable (RunEvent) -> Void
    private let first: RunPipeline

    /// As `RunPipeline`'s.
    init(
        project: Project,
        settings: RunSettings,
        interruption: RunInterruption,
        onEvent: @escaping @Sendable (RunEvent) -> Void
    ) throws(RunFailure) {
        self.project = project
        self.settings = settings
        self.interruption = interruption
        self.onEvent = onEvent
        first = try RunPipeline(project: project, settings: settings, interruption: interruption, onEvent: onEvent)
    }

    /// Runs it, and again as often as it takes, three times more at most.
    func execute(beside edition: RunReport? = nil) async throws -> RunOutcome {
        var outcome = try await first.execute(beside: edition)
        let now = Int64(outcome.report.run.startedAt / 1_000_000_000)
        let policy = RetryPolicy(
            plan: project.plan,
            annotations: VerdictRules(try await first.annotatedProject(), at: now).annotations,
            history: await first.retriesThatWorked()
        )
        for number in 1...RetryOptions.most {
            let steps = policy.steps(after: outcome.report, attempt: number)
            guard !steps.isEmpty, !interruption.isRequested else { break }
            tell(steps, number)
            if number == 1 { keepFirst(in: outcome.directory) }
            guard await coolDown() else { break }
            let attempt = RetryAttempt(number: number, steps: steps, before: outcome.report)
            guard let next = await execute(attempt, in: outcome.directory, beside: edition) else { break }
            // An attempt that was cut short says less than the whole one before it.
            if next.report.run.wasInterrupted { break }
            outcome = await first.deliver(next.report.completed(by: outcome.report, plan: project.plan))
        }
        return outcome
    }

    /// `nil` after telling why it could not be carried out: the attempt before stands.
    private func execute(
        _ attempt: RetryAttempt,
        in directory: String,
        beside edition: RunReport?
    ) async -> RunOutcome? {
        var settings = settings
        settings.output = directory + "/attempt-\(attempt.number + 1)"
        do {
            return try await RunPipeline(
                project: project.repeating(attempt.steps),
                settings: settings,
                attempt: attempt,
                interruption: interruption,
                onEvent: onEvent
            ).execute(beside: edition)
        } catch let failure as RunFailure {
            onEvent(
                .notice("the repetition was not carried out, the attempt before it counts: \(failure.lines.joined())")
            )
        } catch {
            onEvent(.notice("the repetition was not carried out, the attempt before it counts: \(error)"))
        }
        return nil
    }

    private func tell(_ steps: [RetryStep], _ number: Int) {
        let pause = project.plan.retry.coolDown / .seconds(1)
        for step in steps {
            onEvent(
                .notice(
                    "\(step.test) is repeated (\(number) of \(max(1, project.plan.retry.limit))) in "
                        + "\(Int(pause)) s, \(step.strategy.rawValue), \(step.change.text): \(step.cause)"
                )
            )
        }
    }

    /// Copies what the first attempt wrote; a failure costs the copy and nothing else.
    private func keepFirst(in directory: String) {
        let files = FileManager.default
        let folder = directory + "/attempt-1"
        do {
            try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for name in try files.contentsOfDirectory(atPath: directory) where name != "attempt-1" {
                try files.copyItem(atPath: directory + "/" + name, toPath: folder + "/" + name)
            }
        } catch {
            onEvent(.notice("the artifacts of the first attempt are not kept: \(SystemReason.text(of: error))"))
        }
    }

    /// Waits before a repetition; `false` when it was interrupted.
    private func coolDown() async -> Bool {
        let pause = project.plan.retry.coolDown
        try? await interruption.cancelling { try await Task.sleep(for: pause) }
        return !interruption.isRequested
    }
}
