import Curl
import LoadGeneration
import Plans
import Statistics
import Telemetry
import TestSupport
import Testing

/// What requests carry, as a server in another process sees it.
@Suite struct RequestFeatureTests {
    @Test(arguments: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
    func `a method arrives as written`(method: String) async throws {
        let server = try ServerProcess("server.py")
        defer { server.stop() }
        let load = try await scenario(server) { $0.method = method }.run()
        #expect(load.ledger.completed == 10)
        #expect(Set(try await server.requests().map(\.method)) == [method])
    }

    @Test func `forms are encoded, with their templates and tables filled in`() async throws {
        let server = try ServerProcess("server.py")
        defer { server.stop() }
        var scenario = scenario(server) { test in
            test.method = "POST"
            test.body = .form([
                FormField(name: "full name", value: "{{csv users.csv name}}"),
                FormField(name: "n", value: "{{seq}} & é"),
                FormField(name: "word", value: "{{csv users.csv word}}"),
            ])
        }
        scenario.tables = ["users.csv": try DataTable(csv: "name,word\nAda & Co,a\n\"Grace, B.\",\"b\"\"c\"\n")]
        #expect(try await scenario.run().ledger.completed == 10)
        let requests = try await server.requests()
        #expect(requests.allSatisfy { $0.header("content-type") == "application/x-www-form-urlencoded" })
        let expected = (0..<10).map { number in
            let (name, word) = number % 2 == 0 ? ("Ada+%26+Co", "a") : ("Grace%2C+B.", "b%22c")
            return "full+name=\(name)&n=\(number)+%26+%C3%A9&word=\(word)"
        }
        #expect(requests.map(\.body).sorted() == expected.sorted())
    }

    @Test func `a file is sent byte by byte`() async throws {
        let server = try ServerProcess("server.py")
        defer { server.stop() }
        let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7 + $0 / 251) }
        let load = try await scenario(server) { test in
            test.method = "PUT"
            test.body = .file(path: "picture.png", contents: bytes)
        }.run()
        #expect(load.ledger.completed == 10)
        let request = try #require(try await server.requests().last)
        #expect(request.header("content-type") == "image/png")
        #expect(request.body.unicodeScalars.map { UInt8($0.value) } == bytes)
    }

    @Test func `values of a table cannot break out of JSON, headers or paths`() async throws {
        let server = try ServerProcess("server.py")
        defer { server.stop() }
        var scenario = scenario(server) { test in
            test.method = "POST"
            test.path = "/a/{{csv t.csv v}}"
            test.headers = [HeaderField(name: "X-Value", value: "{{csv t.csv v}}")]
            test.body = .json(#"{"v":"{{csv t.csv v}}"}"#)
        }
        let hostile = "a\"b\\/?#\r\nX-Evil: 1"
        scenario.tables = ["t.csv": try DataTable(csv: "v\n\"\(hostile.replacing("\"", with: "\"\""))\"\n")]
        #expect(try await scenario.run().ledger.completed == 10)
        let request = try #require(try await server.requests().first)
        #expect(request.target == "/a/a%22b%5C%2F%3F%23%0D%0AX-Evil%3A%201")
        #expect(request.header("x-value") == "a\"b\\/?#X-Evil: 1" && request.header("x-evil") == nil)
        #expect(JSONParser.parse(Array(request.body.utf8))?["v"] == .string(hostile))
    }

    @Test func `cookies of the plan are sent, those of answers only within a redirect`() async throws {
        let server = try ServerProcess("server.py")
        defer { server.stop() }
        let load = try await scenario(server) { test in
            test.path = "/redirect/302?to=/next"
            test.cookies = [HeaderField(name: "tenant", value: "a"), HeaderField(name: "visit", value: "v{{seq}}")]
            test.transport.redirectLimit = 5
            test.connections = 1
        }.run()
        #expect(load.ledger.completed == 10)
        let requests = try await server.requests()
        let first = requests.filter { $0.target.hasPrefix("/redirect") }.compactMap { $0.header("cookie") }
        #expect(first.sorted() == (0..<10).map { "tenant=a; visit=v\($0)" })
        let second = requests.filter { $0.target == "/next" }.compactMap { $0.header("cookie") }
        #expect(second.count == 10 && second.allSatisfy { $0.contains("hop=1") && $0.contains("tenant=a") })
    }

    @Test func `a redirect is an answer unless the plan says to follow it`() async throws {
        let server = try ServerProcess("server.py")
        defer { server.stop() }
        let load = try await scenario(server) { $0.path = "/redirect/302?to=/next" }.run()
        #expect(load.ledger.completed == 10 && load.statusCodes == [302: 10])
        #expect(try await server.requests().count == 10)
    }

    @Test(arguments: [(301, "GET"), (302, "GET"), (303, "GET"), (307, "POST"), (308, "POST")])
    func `a followed redirect keeps or drops method and body as its status says`(status: Int, method: String)
        async throws
    {
        let server = try ServerProcess("server.py")
        defer { server.stop() }
        let load = try await scenario(server) { test in
            test.method = "POST"
            test.body = .json(#"{"a":1}"#)
            test.path = "/redirect/\(status)?to=/next"
            test.transport.redirectLimit = 5
        }.run()
        #expect(load.ledger.completed == 10 && load.statusCodes == [200: 10])
        // Both hops count as one request, and their bytes are added up.
        #expect(load.latency.count == 10 && load.bytesSent > 10 * 2 * 100)
        let hops = try await server.requests().filter { $0.target == "/next" }
        #expect(hops.count == 10 && hops.allSatisfy { $0.method == method })
        #expect(hops.allSatisfy { $0.body == (method == "POST" ? #"{"a":1}"# : "") })
        #expect(hops.allSatisfy { ($0.header("content-type") == nil) == (method == "GET") })
        #expect(Set(hops.compactMap { $0.header("traceparent") }).count == 10)
    }

    @Test func `a redirect to another server is refused, and that server never hears of it`() async throws {
        let server = try ServerProcess("server.py")
        defer { server.stop() }
        let other = try ServerProcess("server.py")
        defer { other.stop() }
        let load = try await scenario(server) { test in
            test.path = "/redirect/302?to=\(other.url)/away"
            test.transport.redirectLimit = 5
        }.run()
        #expect(load.ledger[.status] == 10 && load.ledger.isBalanced)
        #expect(load.failureReasons.ranked.first?.reason.contains("allowedHosts") == true)
        #expect(try await other.requests().isEmpty)
    }

    @Test func `a server that the plan names is reached, without the first one's secrets`() async throws {
        let server = try ServerProcess("server.py")
        defer { server.stop() }
        let other = try ServerProcess("server.py")
        defer { other.stop() }
        var scenario = scenario(server) { test in
            test.path = "/redirect/307?to=\(other.url)/away"
            test.headers = [HeaderField(name: "Authorization", value: "Bearer s3cret")]
            test.cookies = [HeaderField(name: "session", value: "s3cret")]
            test.transport.redirectLimit = 5
        }
        scenario.allowedOrigins = [other.url]
        #expect(try await scenario.run().ledger.completed == 10)
        let away = try await other.requests()
        #expect(away.count == 10)
        #expect(away.allSatisfy { !$0.headers.contains { $0.value.contains("s3cret") } })
        #expect(try await server.requests().allSatisfy { $0.header("authorization") == "Bearer s3cret" })
    }

    @Test func `redirects in a circle end at the limit`() async throws {
        let server = try ServerProcess("server.py")
        defer { server.stop() }
        let load = try await scenario(server) { test in
            test.path = "/redirect/302"
            test.transport.redirectLimit = 3
        }.run()
        #expect(load.ledger[.status] == 10 && load.ledger.isBalanced)
        #expect(try await server.requests().count == 40)
    }

    @Test func `keep-alive uses few connections, without it every request has its own`() async throws {
        let server = try ServerProcess("server.py")
        defer { server.stop() }
        let kept = try await scenario(server) { $0.connections = 2 }.run()
        #expect(kept.connectionsOpened <= 2)
        let new = try await scenario(server) { test in
            test.connections = 2
            test.transport.keepsConnections = false
        }.run()
        #expect(new.ledger.completed == 10 && new.connectionsOpened == 10)
        #expect(Set(try await server.requests().suffix(10).map(\.connection)).count == 10)
    }

    @Test func `a request has its own timeout`() async throws {
        let server = try ServerProcess("server.py")
        defer { server.stop() }
        let load = try await scenario(server) { test in
            test.path = "/slow?ms=2000"
            test.timeout = .milliseconds(100)
        }.run()
        #expect(load.ledger[.timeout] == 10 && load.ledger.isBalanced)
        #expect(load.serviceTime.quantile(0.5) < 1_500_000_000)
    }

    private func scenario(_ server: ServerProcess, edit: (inout TestDefinition) -> Void) -> LoadScenario {
        LoadScenario(url: server.url, rate: 100, duration: .milliseconds(100), edit: edit)
    }
}
