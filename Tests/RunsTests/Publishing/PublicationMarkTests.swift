import Analysis
import Foundation
import TestSupport
import Testing

@testable import Runs

/// How Plimsoll finds again what it wrote.
@Suite struct PublicationMarkTests {
    private static let report = SampleChecks.all[1].report

    @Test func `ids that look alike have other marks, and none ends the comment`() {
        let ids = ["a.b", "a-b", "a b", "a@b", "a", "a-", "--> x", "<!-- a"]
        let marks = ids.map { PublicationMark.text("check", $0) }
        #expect(Set(marks).count == ids.count)
        for mark in marks {
            #expect(mark.hasSuffix(" -->") && mark.dropLast(3).firstRange(of: "-->") == nil)
            #expect(marks.count { PublicationMark.isOwn(mark + "\ntext", mark: $0) } == 1)
        }
        #expect(PublicationMark.text("a", "b c") != PublicationMark.text("a b", "c"))
        #expect(!PublicationMark.isOwn(nil, mark: marks[0]))
    }

    private func tracker(_ server: LoopbackServer) throws -> IssueTracker {
        try IssueTracker(
            environment: ["CI_API_V4_URL": server.url, "CI_PROJECT_ID": "9", "PLIMSOLL_TOKEN": "glpat-secret"]
        )
    }

    /// A full page of issues of others.
    private static func others(_ page: Int) -> String {
        (0..<100).map { #"{"iid": \#(page * 1_000 + $0), "description": "<!-- plimsoll check other -->"}"# }
            .joined(separator: ",")
    }

    @Test func `an issue beyond the first hundred is found`() async throws {
        let mark = IssuePublisher.mark(of: Self.report)
        let server = try LoopbackServer { request in
            guard request.method == "GET" else { return .answer(body: Array("{}".utf8)) }
            let page = request.target.hasSuffix("&page=1") ? 1 : 2
            let own = #",{"iid": 77, "description": "\#(mark)\nold"}"#
            let list = page == 1 ? Self.others(1) : #"{"iid": 5, "description": null}"# + own
            return .answer(body: Array("[\(list)]".utf8))
        }
        defer { server.stop() }
        #expect(try await IssuePublisher(tracker: tracker(server)).publish(Self.report) == .updated)
        #expect(server.requests.map(\.method) == ["GET", "GET", "PUT"])
        #expect(server.requests[0].target == "/projects/9/issues?state=opened&per_page=100&page=1")
        #expect(server.requests.last?.target == "/projects/9/issues/77")
    }

    @Test func `no more than a thousand open issues are looked through`() async throws {
        let server = try LoopbackServer { request in
            .answer(body: Array((request.method == "GET" ? "[\(Self.others(1))]" : "{}").utf8))
        }
        defer { server.stop() }
        #expect(try await IssuePublisher(tracker: tracker(server)).publish(Self.report) == .created)
        #expect(server.requests.count { $0.method == "GET" } == 10)
    }

    @Test(arguments: [301, 401, 403, 404, 500])
    func `a forge that refuses is told of, without the token`(status: Int) async throws {
        let server = try LoopbackServer { _ in .answer(status: status) }
        defer { server.stop() }
        await #expect {
            try await IssuePublisher(tracker: tracker(server)).publish(Self.report)
        } throws: {
            let lines = ($0 as? RunFailure)?.lines.joined() ?? ""
            return lines.contains("\(status)") && lines.contains("issue") && !lines.contains("glpat")
        }
        #expect(server.requests.count == 1)
    }

    @Test func `a comment is written once and replaced then`() async throws {
        let report = SampleReports.regression
        let mark = CommentPublisher.mark(of: report)
        let server = try LoopbackServer { request in
            guard request.method == "GET" else { return .answer(status: 201, body: Array("{}".utf8)) }
            let comment = #"[{"id": 3, "body": "\#(mark) but quoted first"}, {"id": 4, "body": "> \#(mark)"}]"#
            return .answer(body: Array(comment.utf8))
        }
        defer { server.stop() }
        let request = try MergeRequest(
            environment: [
                "CI_API_V4_URL": server.url, "CI_PROJECT_ID": "9", "CI_MERGE_REQUEST_IID": "2", "PLIMSOLL_TOKEN": "t",
            ]
        )
        #expect(try await CommentPublisher(request: request).publish(report) == .updated)
        #expect(server.requests.last?.target == "/projects/9/merge_requests/2/notes/3")
    }
}
