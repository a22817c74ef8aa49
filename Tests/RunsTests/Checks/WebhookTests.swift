import Analysis
import Synchronization
import Telemetry
import TestSupport
import Testing

@testable import Runs

/// What is sent to other servers when a deploy is anomalous.
struct WebhookTests {
    private static let report = SampleChecks.all[1].report

    /// RFC 4231, test case 2.
    @Test func `signs as RFC 4231 says`() {
        let digest = MessageAuthentication.sha256(
            key: Array("Jefe".utf8),
            message: Array("what do ya want for nothing?".utf8)
        )
        #expect(digest.hex == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        let long = MessageAuthentication.sha256(
            key: [UInt8](repeating: 0xAA, count: 131),
            message: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8)
        )
        #expect(
            long.hex == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        )
    }

    @Test func `a signed message carries its time and its signature`() async throws {
        let server = try LoopbackServer()
        defer { server.stop() }
        let hook = try #require(Webhook("http://127.0.0.1:\(server.port)/hook", secret: "s3cret"))
        try await WebhookPublisher(firstPause: .milliseconds(1)).publish(Self.report, to: hook)
        let request = try #require(server.requests.first)
        let timestamp = try #require(request.header("X-Plimsoll-Timestamp"))
        #expect(request.method == "POST")
        #expect(
            request.header("X-Plimsoll-Signature")
                == Webhook.signature(secret: "s3cret", timestamp: timestamp, body: request.body)
        )
        #expect(String(decoding: request.body, as: UTF8.self).contains("\"verdict\": \"anomalous\""))
    }

    @Test func `is sent again after a failure and given up after four`() async throws {
        let calls = Mutex(0)
        let server = try LoopbackServer { _ in
            let number = calls.withLock { count in
                count += 1
                return count
            }
            return .answer(status: number < 3 ? 503 : 200)
        }
        defer { server.stop() }
        let hook = try #require(Webhook("http://127.0.0.1:\(server.port)/", secret: nil))
        try await WebhookPublisher(firstPause: .milliseconds(1)).publish(Self.report, to: hook)
        #expect(server.requests.count == 3)

        let broken = try LoopbackServer { _ in .answer(status: 500) }
        defer { broken.stop() }
        let other = try #require(Webhook("http://127.0.0.1:\(broken.port)/?token=hidden", secret: nil))
        await #expect {
            try await WebhookPublisher(firstPause: .milliseconds(1)).publish(Self.report, to: other)
        } throws: {
            // The address may hold a secret.
            guard let failure = $0 as? RunFailure else { return false }
            return failure.lines.joined().contains("4 attempts") && !failure.lines.joined().contains("hidden")
        }
        #expect(broken.requests.count == 4)
    }

    /// A redirect would carry the body, and what signs it, to an address that nobody named.
    @Test(arguments: [301, 307, 404, 410])
    func `a refusal is not repeated, and no redirect is followed`(status: Int) async throws {
        let server = try LoopbackServer { _ in .answer(status: status, headers: ["Location: /elsewhere"]) }
        defer { server.stop() }
        let hook = try #require(Webhook("http://127.0.0.1:\(server.port)/", secret: nil))
        await #expect(throws: RunFailure.self) {
            try await WebhookPublisher(firstPause: .milliseconds(1)).publish(Self.report, to: hook)
        }
        #expect(server.requests.count == 1)
    }

    @Test func `Slack gets a text, and no mention of anybody`() throws {
        let hook = try #require(Webhook("https://hooks.slack.com/services/T/B/x", secret: nil))
        #expect(hook.form == .slack)
        let hostile = try #require(SampleChecks.all.first { $0.name == "hostile" }?.report)
        let text = String(decoding: try hook.body(hostile), as: UTF8.self)
        #expect(text.contains("\"text\":"))
        #expect(!text.contains("@all") && !text.contains("<script"))
    }

    @Test(arguments: ["", "ftp://x", "slack=", "slack=file:///etc/passwd", "hooks.slack.com"])
    func `an address that is none is refused`(text: String) {
        #expect(Webhook(text, secret: nil) == nil)
    }

    @Test(arguments: [LoopbackServer.Reply.hang, .reset, .close])
    func `a server that does not answer is asked again`(reply: LoopbackServer.Reply) async throws {
        let calls = Mutex(0)
        let server = try LoopbackServer { _ in
            let number = calls.withLock { count in
                count += 1
                return count
            }
            return number == 1 ? reply : .answer()
        }
        defer { server.stop() }
        let hook = try #require(Webhook(server.url, secret: "s3cret"))
        let publisher = WebhookPublisher(firstPause: .milliseconds(1), timeout: .milliseconds(500))
        try await publisher.publish(Self.report, to: hook)
        #expect(server.requests.count >= 2)
        // Each attempt is signed for itself.
        for request in server.requests {
            let timestamp = try #require(request.header("X-Plimsoll-Timestamp"))
            #expect(
                request.header("X-Plimsoll-Signature")
                    == Webhook.signature(secret: "s3cret", timestamp: timestamp, body: request.body)
            )
        }
    }

    @Test func `a port where nobody listens is given up, without telling the address`() async throws {
        let hook = try #require(Webhook("http://127.0.0.1:\(try LoopbackServer.closedPort())/T0KEN", secret: nil))
        await #expect {
            try await WebhookPublisher(firstPause: .milliseconds(1)).publish(Self.report, to: hook)
        } throws: {
            let lines = ($0 as? RunFailure)?.lines.joined() ?? ""
            return lines.contains("4 attempts") && !lines.contains("T0KEN")
        }
    }

    @Test func `an issue is opened once and updated then`() async throws {
        let mark = IssuePublisher.mark(of: Self.report)
        let isOpen = Mutex(false)
        let server = try LoopbackServer { request in
            guard request.method == "GET" else {
                isOpen.withLock { $0 = true }
                return .answer(status: 201, body: Array("{}".utf8))
            }
            let list = isOpen.withLock { $0 } ? #"[{"number": 7, "body": "\#(mark)\nold"}]"# : "[]"
            return .answer(body: Array(list.utf8))
        }
        defer { server.stop() }
        let environment = [
            "GITHUB_REPOSITORY": "o/r", "GITHUB_API_URL": "http://127.0.0.1:\(server.port)", "PLIMSOLL_TOKEN": "t",
        ]
        let publisher = IssuePublisher(tracker: try IssueTracker(environment: environment))
        #expect(try await publisher.publish(Self.report) == .created)
        #expect(try await publisher.publish(Self.report) == .updated)
        #expect(server.requests.map(\.method) == ["GET", "POST", "GET", "PATCH"])
        #expect(server.requests.last?.target == "/repos/o/r/issues/7")
    }
}
