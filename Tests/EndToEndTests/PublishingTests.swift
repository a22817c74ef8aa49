import Foundation
import Synchronization
import TestSupport
import Testing

extension EndToEnd {
    /// A forge's API as far as comments go, recorded.
    private final class Forge: Sendable {
        private struct State {
            var comments: [(id: Int, body: String)] = []
        }

        private let state = Mutex(State())

        var comments: [(id: Int, body: String)] { state.withLock { $0.comments } }

        /// With so many comments of others before ours.
        init(others: Int = 0) {
            state.withLock { state in
                state.comments = (0..<others).map { (id: 1 + $0, body: "comment of somebody \($0)") }
            }
        }

        func answer(_ request: LoopbackServer.Request) -> LoopbackServer.Reply {
            let path = request.target.split(separator: "?")[0]
            let query = URLComponents(string: request.target)?.queryItems ?? []
            func number(_ name: String, _ fallback: Int) -> Int {
                query.first { $0.name == name }?.value.flatMap { Int($0) } ?? fallback
            }
            let sent = (try? JSONSerialization.jsonObject(with: Data(request.body))) as? [String: String]
            switch request.method {
            case "GET":
                let (page, size) = (number("page", 1), number("per_page", 20))
                let shown = comments.dropFirst((page - 1) * size).prefix(size)
                let objects = shown.map { ["id": $0.id, "body": $0.body] as [String: Any] }
                return .answer(body: Array((try? JSONSerialization.data(withJSONObject: objects)) ?? Data()))
            case "POST":
                state.withLock { $0.comments.append((id: 1000 + $0.comments.count, body: sent?["body"] ?? "")) }
                return .answer(status: 201, body: Array("{}".utf8))
            case "PUT", "PATCH":
                let id = Int(path.split(separator: "/").last ?? "") ?? 0
                state.withLock { state in
                    guard let index = state.comments.firstIndex(where: { $0.id == id }) else { return }
                    state.comments[index].body = sent?["body"] ?? ""
                }
                return .answer(body: Array("{}".utf8))
            default: return .answer(status: 405)
            }
        }
    }

    @Suite struct Publishing {
        private typealias Shell = TestSupport.Command

        private static let golden = Workplace.repository + "/Tests/ReportingTests/Snapshots/"

        private func post(_ sample: String, _ environment: [String: String]) async throws -> Shell.Result {
            let place = try Workplace()
            return try await Shell(
                Workplace.plimsoll,
                ["report", Self.golden + sample, "--post"],
                directory: place.directory,
                environment: environment
            ).wait()
        }

        private func gitlab(_ server: LoopbackServer) -> [String: String] {
            [
                "CI_API_V4_URL": server.url + "/api/v4", "CI_PROJECT_ID": "42", "CI_MERGE_REQUEST_IID": "7",
                "GITLAB_TOKEN": "glpat-secret-word",
            ]
        }

        @Test func `on GitLab the second run updates the comment of the first`() async throws {
            let forge = Forge(others: 130)
            let server = try LoopbackServer(forge.answer)
            defer { server.stop() }
            let first = try await post("regression", gitlab(server))
            #expect(first.exitCode == 0 && first.standardError == "comment posted\n", "\(first.standardError)")
            #expect(try await post("passing", gitlab(server)).standardError == "comment updated\n")
            #expect(forge.comments.count == 131)
            let body = try #require(forge.comments.last?.body)
            #expect(body.hasPrefix("<!-- plimsoll Shop standard -->\n### ✅ PASS"))
            let requests = server.requests
            #expect(requests.map(\.method) == ["GET", "GET", "POST", "GET", "GET", "PUT"])
            #expect(requests.allSatisfy { $0.header("PRIVATE-TOKEN") == "glpat-secret-word" })
            #expect(requests[2].target == "/api/v4/projects/42/merge_requests/7/notes")
            #expect(requests[5].target == "/api/v4/projects/42/merge_requests/7/notes/1130")
        }

        @Test func `on GitHub the pull request is that of the workflow`() async throws {
            let forge = Forge()
            let server = try LoopbackServer(forge.answer)
            defer { server.stop() }
            let environment = [
                "GITHUB_ACTIONS": "true", "GITHUB_API_URL": server.url, "GITHUB_REPOSITORY": "acme/shop",
                "GITHUB_REF": "refs/pull/12/merge", "GITHUB_TOKEN": "ghs-secret-word",
            ]
            for _ in 1...2 { #expect(try await post("regression", environment).exitCode == 0) }
            #expect(forge.comments.count == 1)
            #expect(server.requests.map(\.method) == ["GET", "POST", "GET", "PATCH"])
            #expect(server.requests[1].target == "/repos/acme/shop/issues/12/comments")
            #expect(server.requests[3].target == "/repos/acme/shop/issues/comments/1000")
            #expect(server.requests.allSatisfy { $0.header("Authorization") == "Bearer ghs-secret-word" })
        }

        @Test func `a refusal is said without the token`() async throws {
            let server = try LoopbackServer { _ in .answer(status: 403) }
            defer { server.stop() }
            let result = try await post("passing", gitlab(server))
            #expect(result.exitCode == 3)
            #expect(result.standardError.contains("may not write here"), "\(result.standardError)")
            #expect(!result.standardError.contains("secret"))
            let missing = try await post("passing", ["CI_API_V4_URL": server.url])
            #expect(missing.exitCode == 2)
            #expect(missing.standardError.contains("CI_PROJECT_ID"), "\(missing.standardError)")
        }
    }
}
