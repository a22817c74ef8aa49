import ArgumentParser
import Runs

/// Whom checks are told to.
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

    func validate() throws {
        guard webhook.count <= CheckNotification.limit else {
            throw ValidationError("at most \(CheckNotification.limit) webhooks")
        }
        for text in webhook where Webhook(text, secret: nil) == nil {
            throw ValidationError("--webhook must be an http or https address, or slack=URL, or generic=URL")
        }
    }

    /// - Throws: `RunFailure.badOption` where an issue is wanted and the environment does not say whose.
    func notices(environment: [String: String]) throws(RunFailure) -> CheckNotices {
        CheckNotices(
            webhooks: webhook.compactMap { Webhook($0, secret: environment["PLIMSOLL_WEBHOOK_SECRET"]) },
            tracker: issue ? try IssueTracker(environment: environment) : nil,
            isAlways: notifyAlways
        )
    }
}
