package import Analysis
import Reporting

/// Opens an issue about an anomalous deploy on GitLab or GitHub, or updates the one that is open already.
package struct IssuePublisher: Sendable {
    /// What became of the issue.
    package enum Outcome: Sendable, Hashable {
        case created, updated
    }

    /// Open issues that are looked through, newest first, in hundreds; a deploy's issue is an hour old at most.
    private static let pageLimit = 10

    private let tracker: IssueTracker
    private let client: ForgeClient

    package init(tracker: IssueTracker) {
        self.tracker = tracker
        client = ForgeClient(forge: tracker.forge, token: tracker.token, failure: "the issue could not be opened")
    }

    /// - Throws: `RunFailure.notCarriedOut` when the forge cannot be reached or refuses.
    package func publish(_ report: CheckReport) async throws -> Outcome {
        let mark = IssuePublisher.mark(of: report)
        let culprit = report.culprit.map { "\($0.operation) of \($0.service) " } ?? ""
        let title = PlainText.clean(
            "\(report.deploy.service) \(report.deploy.version): \(culprit)is worse since the deploy",
            limit: 200
        )
        let body = ["title": title, tracker.bodyKey: mark + "\n" + (try CheckArtifacts.markdown(report))]
        let open = tracker.forge == .gitlab ? "state=opened&" : "state=open&"
        let own = try await client.first(Issue.self, at: tracker.issuesURL, query: open, pages: Self.pageLimit) {
            PublicationMark.isOwn($0.body ?? $0.description, mark: mark)
        }
        if let number = own.flatMap({ $0.iid ?? $0.number }) {
            try await client.update(body, at: "\(tracker.issuesURL)/\(number)")
            return .updated
        }
        try await client.create(body, at: tracker.issuesURL)
        return .created
    }

    /// One a deploy, whichever look it is.
    static func mark(of report: CheckReport) -> String {
        PublicationMark.text("check", report.deploy.id)
    }

    private struct Issue: Decodable {
        /// The number that the forge's addresses have: `iid` on GitLab.
        var number: Int64?
        var iid: Int64?
        var body: String?
        var description: String?
    }
}
