package import Analysis

/// Whom checks are told to: webhooks, and the tracker of issues.
package struct CheckNotices: Sendable {
    /// What became of the messages about one report.
    package struct Outcome: Sendable, Hashable {
        package var sent = 0
        package var issue: IssuePublisher.Outcome?
        /// One line each, without addresses and secrets.
        package var failures: [String] = []

        package init() {}
    }

    package var webhooks: [Webhook]
    package var tracker: IssueTracker?
    /// Every look, not only what is anomalous.
    package var isAlways: Bool
    private let firstPause: Duration

    /// `firstPause` is between the first two attempts, and doubled from then on.
    package init(
        webhooks: [Webhook] = [],
        tracker: IssueTracker? = nil,
        isAlways: Bool = false,
        firstPause: Duration = .seconds(1)
    ) {
        self.webhooks = webhooks
        self.tracker = tracker
        self.isAlways = isAlways
        self.firstPause = firstPause
    }

    package var isEmpty: Bool { webhooks.isEmpty && tracker == nil }

    /// Whether webhooks hear of a look: of what is anomalous now and was not, and of what was and is fine again.
    package func areTold(of report: CheckReport, after previous: CheckReport?) -> Bool {
        let was = previous?.verdict == .anomalous
        switch report.verdict {
        case .anomalous: return isAlways || !was
        case .fine: return isAlways || was
        case .inconclusive: return isAlways
        }
    }

    /// Tells all of them at once, each with the attempts of its publisher; never throws, since no verdict depends on it.
    ///
    /// `previous` is the look before, where there was one: nobody is told the same four times.
    package func publish(_ report: CheckReport, after previous: CheckReport? = nil) async -> Outcome {
        var outcome = Outcome()
        if areTold(of: report, after: previous) {
            let publisher = WebhookPublisher(firstPause: firstPause)
            let failures = await withTaskGroup(of: String?.self) { group in
                for webhook in webhooks {
                    group.addTask { await failure { try await publisher.publish(report, to: webhook) } }
                }
                return await group.reduce(into: [String]()) { $0 += [$1].compactMap { $0 } }
            }
            outcome.failures = failures.sorted()
            outcome.sent = webhooks.count - failures.count
        }
        if let tracker, report.verdict == .anomalous {
            do {
                outcome.issue = try await IssuePublisher(tracker: tracker).publish(report)
            } catch {
                outcome.failures.append(CheckNotices.words(error))
            }
        }
        return outcome
    }

    private func failure(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch {
            return CheckNotices.words(error)
        }
    }

    private static func words(_ error: any Error) -> String {
        guard let failure = error as? RunFailure else { return "the notification was cut short: \(error)" }
        switch failure {
        case .badOption(let cause), .notCarriedOut(let cause): return cause
        default: return failure.lines.joined(separator: " ")
        }
    }
}
