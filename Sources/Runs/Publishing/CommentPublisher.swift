package import Analysis
import Reporting

/// Puts a run's Markdown into a merge request, in place of what it said of the run before.
///
/// Its own comment is known by a mark that readers do not see, one for each module and edition, so that a pipeline of
/// many services leaves a comment a service and no more.
package struct CommentPublisher: Sendable {
    /// What became of the comment.
    package enum Outcome: Sendable, Hashable {
        case created, updated
    }

    /// A merge request with more comments than these gets a new one.
    private static let pageLimit = 20

    private let request: MergeRequest
    private let client: ForgeClient

    package init(request: MergeRequest) {
        self.request = request
        client = ForgeClient(forge: request.forge, token: request.token, failure: "the comment could not be posted")
    }

    /// - Throws: `RunFailure.notCarriedOut` when the forge cannot be reached or refuses.
    package func publish(_ report: RunReport) async throws -> Outcome {
        let mark = CommentPublisher.mark(of: report)
        let markdown = try ReportFormat.md.render(report) ?? []
        let body = ["body": mark + "\n" + String(decoding: markdown, as: UTF8.self)]
        let own = try await client.first(Comment.self, at: request.commentsURL, pages: Self.pageLimit) {
            PublicationMark.isOwn($0.body, mark: mark)
        }
        if let own {
            try await client.update(body, at: request.commentURLPrefix + String(own.id))
            return .updated
        }
        try await client.create(body, at: request.commentsURL)
        return .created
    }

    static func mark(of report: RunReport) -> String {
        PublicationMark.text(report.run.moduleID, report.run.editionID)
    }

    private struct Comment: Decodable {
        var id: Int64
        var body: String?
    }
}
