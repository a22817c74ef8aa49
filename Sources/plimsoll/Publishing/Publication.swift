import Analysis
import ArgumentParser
import Foundation
import Reporting
import Runs

/// What a finished run tells the CI system around it.
///
/// On GitHub the step summary and annotations come by themselves; a comment is made only where it is asked for.
struct Publication: ParsableArguments {
    @Flag(
        name: .long,
        help: """
            Post report.md to the merge request of this GitLab or GitHub job, or update the comment of the run before; \
            the token is PLIMSOLL_TOKEN, GITLAB_TOKEN or GITHUB_TOKEN.
            """
    )
    var post = false

    /// Never changes a verdict: what could not be published is said on standard error.
    ///
    /// `report` is `nil` where it cannot be told without a secret.
    func publish(_ report: RunReport?) async {
        guard let report else {
            if post { writeLine("plimsoll: not posted: the report cannot be told without a secret", to: STDERR_FILENO) }
            return
        }
        let environment = ProcessInfo.processInfo.environment
        if environment["GITHUB_ACTIONS"] == "true" {
            // On standard error, which Actions reads for commands too: standard output may be somebody's JSON.
            for line in WorkflowCommands.lines(report) { writeLine(line, to: STDERR_FILENO) }
        }
        do {
            try StepSummary.append(report, environment: environment)
            if post { try await comment(report, environment) }
        } catch let failure as RunFailure {
            for line in failure.lines { writeLine(line, to: STDERR_FILENO) }
        } catch {
            writeLine("plimsoll: error: \(error)", to: STDERR_FILENO)
        }
    }

    /// Posts or updates the comment.
    func comment(_ report: RunReport, _ environment: [String: String]) async throws {
        let request = try MergeRequest(environment: environment)
        let outcome = try await CommentPublisher(request: request).publish(report)
        writeLine("comment \(outcome == .created ? "posted" : "updated")", to: STDERR_FILENO)
    }
}
