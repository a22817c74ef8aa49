import Analysis
import ArgumentParser
import Foundation
import Runs

/// Whom a check tells.
struct CheckNotification: ParsableArguments {
    @Option(
        name: .long,
        parsing: .upToNextOption,
        help: """
            Addresses that are told: slack=URL or generic=URL; the generic one is signed with PLIMSOLL_WEBHOOK_SECRET.
            """
    )
    var webhook: [String] = []

    @Flag(
        name: .long,
        help: "Open an issue on GitLab or GitHub for an anomalous deploy, or update the one that is open."
    )
    var issue = false

    @Flag(name: .long, help: "Tell webhooks of every look, not of anomalous ones only.")
    var notifyAlways = false

    private static let limit = 10

    func check() throws {
        guard webhook.count <= CheckNotification.limit else {
            throw ValidationError("at most \(CheckNotification.limit) webhooks")
        }
        for text in webhook where Webhook(text, secret: nil) == nil {
            throw ValidationError("--webhook must be an http or https address, or slack=URL, or generic=URL")
        }
    }

    /// Never changes a verdict: what could not be told is said on standard error.
    func publish(_ report: CheckReport) async {
        let environment = ProcessInfo.processInfo.environment
        let isWrong = report.verdict == .anomalous
        if isWrong || notifyAlways {
            let publisher = WebhookPublisher()
            for text in webhook {
                guard let hook = Webhook(text, secret: environment["PLIMSOLL_WEBHOOK_SECRET"]) else { continue }
                await attempt { try await publisher.publish(report, to: hook) }
            }
        }
        guard issue, isWrong else { return }
        await attempt {
            let outcome = try await IssuePublisher(tracker: IssueTracker(environment: environment)).publish(report)
            writeLine("issue \(outcome == .created ? "opened" : "updated")", to: STDERR_FILENO)
        }
    }

    private func attempt(_ body: () async throws -> Void) async {
        do {
            try await body()
        } catch let failure as RunFailure {
            for line in failure.lines { writeLine(line, to: STDERR_FILENO) }
        } catch {
            writeLine("plimsoll: error: \(error)", to: STDERR_FILENO)
        }
    }
}
