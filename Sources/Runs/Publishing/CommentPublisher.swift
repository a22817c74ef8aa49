package import Analysis
import Curl
import FoundationEssentials
import Reporting

/// Puts a run's Markdown into a merge request, in place of what it said of the run before.
///
/// Its own comment is known by a marker that readers do not see, one for each module and edition, so that a pipeline of
/// many services leaves a comment a service and no more.
package struct CommentPublisher: Sendable {
    /// What became of the comment.
    package enum Outcome: Sendable, Hashable {
        case created, updated
    }

    /// A merge request with more comments than these gets a new one.
    private static let pageLimit = 20
    private static let commentsPerPage = 100
    private static let timeout = Duration.seconds(30)

    private let request: MergeRequest
    private let client = HTTPClient(connections: 1)

    package init(request: MergeRequest) {
        self.request = request
    }

    /// - Throws: `RunFailure.notCarriedOut` when the forge cannot be reached or refuses.
    package func publish(_ report: RunReport) async throws -> Outcome {
        let marker = CommentPublisher.marker(of: report)
        let markdown = try ReportFormat.md.render(report) ?? []
        let body = marker + "\n" + String(decoding: markdown, as: UTF8.self)
        let payload = try Array(JSONEncoder().encode(["body": body]))
        if let own = try await ownComment(marker) {
            let method = request.forge == .gitlab ? "PUT" : "PATCH"
            _ = try await send(method, request.commentURLPrefix + String(own), payload)
            return .updated
        }
        _ = try await send("POST", request.commentsURL, payload)
        return .created
    }

    /// An HTML comment of plain characters, whatever the ids are.
    static func marker(of report: RunReport) -> String {
        func plain(_ id: String) -> String {
            String(id.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
        }
        return "<!-- plimsoll \(plain(report.run.moduleID)) \(plain(report.run.editionID)) -->"
    }

    private struct Comment: Decodable {
        var id: Int64
        var body: String?
    }

    private func ownComment(_ marker: String) async throws -> Int64? {
        for page in 1...CommentPublisher.pageLimit {
            let query = "?per_page=\(CommentPublisher.commentsPerPage)&page=\(page)"
            let answer = try await send("GET", request.commentsURL + query, [])
            guard let comments = try? JSONDecoder().decode([Comment].self, from: Data(answer)) else {
                throw RunFailure.notCarriedOut("\(request.commentsURL) answers with no list of comments")
            }
            if let own = comments.first(where: { $0.body?.hasPrefix(marker) ?? false }) { return own.id }
            if comments.count < CommentPublisher.commentsPerPage { break }
        }
        return nil
    }

    private func send(_ method: String, _ url: String, _ body: [UInt8]) async throws -> [UInt8] {
        var message = HTTPRequest(
            method: method,
            url: url,
            headers: headers,
            body: body,
            timeout: CommentPublisher.timeout,
            maximumResponseBytes: 16 << 20
        )
        if !body.isEmpty { message.headers.append(HTTPHeader(name: "Content-Type", value: "application/json")) }
        let answer: HTTPResponse
        do {
            answer = try await client.send(message)
        } catch {
            throw RunFailure.notCarriedOut("the comment could not be posted: \(error)")
        }
        guard (200..<300).contains(answer.status) else {
            throw RunFailure.notCarriedOut(
                "the comment could not be posted: \(method) \(url) answers \(answer.status)\(advice(answer.status))"
            )
        }
        return answer.body
    }

    private var headers: [HTTPHeader] { request.forge.headers(token: request.token) }

    private func advice(_ status: Int) -> String {
        switch status {
        case 401: ": the token is not valid"
        case 403: ": the token may not write comments here"
        case 404: ": no such merge request, or the token may not see it"
        default: ""
        }
    }
}
