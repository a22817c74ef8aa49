package import Analysis
import Curl
import FoundationEssentials
import Reporting

/// Opens an issue about an anomalous deploy on GitLab or GitHub, or updates the one that is open already.
package struct IssuePublisher: Sendable {
    /// What became of the issue.
    package enum Outcome: Sendable, Hashable {
        case created, updated
    }

    private let tracker: IssueTracker
    private let client = HTTPClient(connections: 1)
    private static let timeout = Duration.seconds(30)
    private static let issuesPerPage = 100

    package init(tracker: IssueTracker) {
        self.tracker = tracker
    }

    /// - Throws: `RunFailure.notCarriedOut` when the forge cannot be reached or refuses.
    package func publish(_ report: CheckReport) async throws -> Outcome {
        let marker = IssuePublisher.marker(of: report)
        let body = marker + "\n" + (try CheckArtifacts.markdown(report))
        let title = PlainText.clean(
            "\(report.deploy.service) \(report.deploy.version): \(report.culprit.map { "\($0.operation) of \($0.service) " } ?? "")"
                + "is worse since the deploy",
            limit: 200
        )
        let payload = try Array(JSONEncoder().encode(["title": title, tracker.bodyKey: body]))
        if let own = try await ownIssue(marker) {
            _ = try await send(tracker.forge == .gitlab ? "PUT" : "PATCH", "\(tracker.issuesURL)/\(own)", payload)
            return .updated
        }
        _ = try await send("POST", tracker.issuesURL, payload)
        return .created
    }

    /// An HTML comment of plain characters, one a deploy.
    static func marker(of report: CheckReport) -> String {
        let plain = report.deploy.id.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        return "<!-- plimsoll check \(String(plain)) -->"
    }

    private struct Issue: Decodable {
        /// The number that the forge's addresses have: `iid` on GitLab.
        var number: Int64?
        var iid: Int64?
        var body: String?
        var description: String?
    }

    private func ownIssue(_ marker: String) async throws -> Int64? {
        let state = tracker.forge == .gitlab ? "opened" : "open"
        let query = "?state=\(state)&per_page=\(Self.issuesPerPage)"
        let answer = try await send("GET", tracker.issuesURL + query, [])
        guard let issues = try? JSONDecoder().decode([Issue].self, from: Data(answer)) else {
            throw RunFailure.notCarriedOut("\(tracker.issuesURL) answers with no list of issues")
        }
        let own = issues.first { ($0.body ?? $0.description)?.hasPrefix(marker) ?? false }
        return own.flatMap { $0.iid ?? $0.number }
    }

    private func send(_ method: String, _ url: String, _ body: [UInt8]) async throws -> [UInt8] {
        var message = HTTPRequest(
            method: method,
            url: url,
            headers: tracker.forge.headers(token: tracker.token),
            body: body,
            timeout: Self.timeout,
            maximumResponseBytes: 16 << 20
        )
        if !body.isEmpty { message.headers.append(HTTPHeader(name: "Content-Type", value: "application/json")) }
        let answer: HTTPResponse
        do {
            answer = try await client.send(message)
        } catch {
            throw RunFailure.notCarriedOut("the issue could not be opened: \(error)")
        }
        guard (200..<300).contains(answer.status) else {
            throw RunFailure.notCarriedOut("the issue could not be opened: \(method) \(url) answers \(answer.status)")
        }
        return answer.body
    }
}
