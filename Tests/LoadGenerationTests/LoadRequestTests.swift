import LoadGeneration
import Plans
import Telemetry
import TestSupport
import Testing

/// What the target sees of a request.
@Suite struct LoadRequestTests {
    @Test func `each request carries the trace context of its number`() async throws {
        let server = try LoopbackServer()
        defer { server.stop() }
        let load = try await LoadScenario(url: server.url).run()
        let expected = Set(load.samples.map { LoadScenario.numbering.traceparent(of: $0.number) })
        #expect(Set(server.requests.compactMap { $0.header("traceparent") }) == expected)
        #expect(expected.count == 100)
        #expect(server.requests.allSatisfy { $0.header("baggage") == "plimsoll.run=run%201,plimsoll.test=0" })
        #expect(server.requests.allSatisfy { $0.header("user-agent") == "plimsoll" })
    }

    @Test func `a test's headers win over the target's and both over ours but the trace context`() async throws {
        let server = try LoopbackServer()
        defer { server.stop() }
        var scenario = LoadScenario(url: server.url, rate: 20) { test in
            test.headers = [
                HeaderField(name: "X-Both", value: "test"), HeaderField(name: "user-agent", value: "mine"),
                HeaderField(name: "Traceparent", value: "none"), HeaderField(name: "Baggage", value: "tenant=7"),
                HeaderField(name: "X-Empty", value: ""),
            ]
        }
        scenario.headers = [
            HeaderField(name: "x-both", value: "target"), HeaderField(name: "Authorization", value: "Bearer s3cret"),
        ]
        _ = try await scenario.run()
        let request = try #require(server.requests.first)
        #expect(request.header("x-both") == "test")
        #expect(request.header("authorization") == "Bearer s3cret")
        #expect(request.header("user-agent") == "mine")
        #expect(request.header("traceparent") != "none")
        #expect(request.header("baggage") == "tenant=7,plimsoll.run=run%201,plimsoll.test=0")
        #expect(request.header("x-empty") == "")
        #expect(request.headers.count { $0.name.lowercased() == "user-agent" } == 1)
    }

    @Test func `templates in path, headers and body are filled in for every request`() async throws {
        let server = try LoopbackServer()
        defer { server.stop() }
        let load = try await LoadScenario(url: server.url) { test in
            test.method = "POST"
            test.path = "/carts/{{seq}}?n={{random 10 99}}"
            test.headers = [HeaderField(name: "Idempotency-Key", value: "key-{{uuid}}")]
            test.body = .json(#"{"cart":"{{uuid}}","n":{{seq}}}"#)
        }.run()
        #expect(load.ledger.completed == 100)
        let requests = server.requests
        #expect(requests.allSatisfy { $0.method == "POST" && $0.header("content-type") == "application/json" })
        #expect(Set(requests.compactMap { $0.header("idempotency-key") }).count == 100)
        #expect(Set(requests.map(\.body)).count == 100)
        for request in requests {
            let number = try #require(request.target.split(separator: "?").first?.dropFirst("/carts/".count))
            #expect(String(decoding: request.body, as: UTF8.self).hasSuffix("\"n\":\(number)}"))
            #expect(request.header("content-length") == "\(request.body.count)")
            let trace = LoadScenario.numbering.traceparent(of: try #require(UInt64(number)))
            #expect(request.header("traceparent") == trace)
        }
    }

    @Test(arguments: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
    func `methods are sent as written, with and without a body`(method: String) async throws {
        let server = try LoopbackServer()
        defer { server.stop() }
        let bodies: [RequestBody?] = method == "HEAD" ? [nil] : [nil, .text("hello")]
        for body in bodies {
            let load = try await LoadScenario(url: server.url, rate: 50, duration: .milliseconds(60)) { test in
                test.method = method
                test.body = body
            }.run()
            #expect(load.ledger.completed == 3)
            let request = try #require(server.requests.last)
            #expect(request.method == method)
            #expect(String(decoding: request.body, as: UTF8.self) == (body == nil ? "" : "hello"))
        }
    }

    @Test func `a test that cannot be sent is refused before any load, without its secrets`() async throws {
        let server = try LoopbackServer()
        defer { server.stop() }
        let edits: [(inout TestDefinition) -> Void] = [
            { $0.path = "/{{oops}}" },
            { $0.headers = [HeaderField(name: "X-Token", value: "s3cret\r\nX-Evil: 1")] },
            { $0.rate = .constant(0, for: .seconds(1)) },
        ]
        for edit in edits {
            var scenario = LoadScenario(url: server.url, edit: edit)
            scenario.secrets = ["s3cret"]
            let error = await #expect(throws: LoadError.self) { _ = try await scenario.run() }
            #expect(error?.description.contains("s3cret") == false)
            #expect(error?.description.contains("GET /") == true)
        }
        let bad = LoadScenario(url: "ftp://user:s3cret@127.0.0.1")
        let error = await #expect(throws: LoadError.self) { _ = try await bad.run() }
        #expect(error?.description.contains("s3cret") == false)
        #expect(server.requests.isEmpty)
    }
}
