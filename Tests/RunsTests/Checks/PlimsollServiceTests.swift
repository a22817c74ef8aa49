import Analysis
import TestSupport
import Testing

@testable import Runs

/// What is said of a service that cannot be asked.
struct PlimsollServiceTests {
    private static func failure(
        status: Int,
        body: String,
        type: String,
        token: String? = nil
    ) async throws -> RunFailure? {
        let server = try LoopbackServer { _ in
            .answer(status: status, body: Array(body.utf8), headers: ["Content-Type: \(type)"])
        }
        defer { server.stop() }
        let service = try PlimsollService(url: "http://127.0.0.1:\(server.port)/", token: token)
        do throws(RunFailure) {
            _ = try await service.check(CheckRequest())
            return nil
        } catch {
            return error
        }
    }

    private static let problem = "application/problem+json"

    @Test(arguments: [
        (401, #"{"detail":"a token is needed"}"#, problem, nil, 2 as Int32, "PLIMSOLL_SERVER_TOKEN"),
        (401, #"{"detail":"the token is not known"}"#, problem, "s3cret", 2, "does not know the token"),
        (404, #"{"detail":"no deploy of cart is known"}"#, problem, nil, 2, "no deploy of cart"),
        (404, "<html>", "text/html", nil, 3, "no Plimsoll service: it answers 404"),
        (500, #"{"detail":"the store is locked"}"#, problem, nil, 3, "the store is locked"),
        (201, "{}", "application/json", nil, 3, "no Plimsoll service"),
    ])
    func `a refusal is one line`(
        status: Int,
        body: String,
        type: String,
        token: String?,
        code: Int32,
        words: String
    ) async throws {
        let failure = try #require(try await Self.failure(status: status, body: body, type: type, token: token))
        #expect(failure.exitCode == code)
        #expect(failure.lines.count == 1 && failure.lines[0].contains(words), "\(failure.lines)")
        #expect(!failure.lines[0].contains("s3cret"))
    }

    @Test func `where nothing listens it says so`() async throws {
        let service = try PlimsollService(url: "http://127.0.0.1:\(try freePort())", token: nil)
        await #expect {
            _ = try await service.check(CheckRequest())
        } throws: { error in
            guard let failure = error as? RunFailure else { return false }
            return failure.exitCode == 3 && failure.lines.joined().contains("connection refused")
        }
    }

    @Test func `the token is sent, and what is asked`() async throws {
        let report = SampleChecks.all[1].report
        let server = try LoopbackServer { _ in .answer(status: 500) }
        defer { server.stop() }
        let service = try PlimsollService(url: "http://127.0.0.1:\(server.port)", token: "s3cret")
        await #expect(throws: RunFailure.self) { _ = try await service.check(CheckRequest(deploy: report.deploy.id)) }
        let request = try #require(server.requests.first)
        #expect(request.header("Authorization") == "Bearer s3cret")
        #expect(request.target == "/api/v1/checks")
        #expect(String(decoding: request.body, as: UTF8.self).contains(report.deploy.version))
    }

    @Test(arguments: ["", "127.0.0.1:4320", "ftp://x", "http://", "http://u:p@host", "http://host/?q=1"])
    func `an address that is none is refused`(url: String) {
        #expect(throws: RunFailure.self) { try PlimsollService(url: url, token: nil) }
    }
}
