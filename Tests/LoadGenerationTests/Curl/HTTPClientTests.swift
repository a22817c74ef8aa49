import Curl
import TestSupport
import Testing

@Suite struct HTTPClientTests {
    @Test func `gives status, headers and body of an answer`() async throws {
        let server = try LoopbackServer { request in
            .answer(status: 418, body: request.body, headers: ["X-Kind: tea", "x-kind: green", "X-None:"])
        }
        defer { server.stop() }
        let client = HTTPClient()
        let request = HTTPRequest(
            method: "POST",
            url: server.url + "/brew?x=1",
            headers: [HTTPHeader(name: "X-Token", value: "abc")],
            body: Array("leaves".utf8)
        )
        let response = try await client.send(request)
        #expect(response.status == 418)
        #expect(response.body == Array("leaves".utf8))
        #expect(response.header("X-KIND") == "tea" && response.header("x-none") == "")
        #expect(response.headers.count { $0.name.lowercased() == "x-kind" } == 2)
        #expect(response.header("absent") == nil)
        #expect(server.requests.first?.header("x-token") == "abc")
        #expect(server.requests.first?.target == "/brew?x=1")
    }

    @Test func `keeps connections between requests`() async throws {
        let server = try LoopbackServer()
        defer { server.stop() }
        let client = HTTPClient(connections: 2)
        for _ in 0..<20 { _ = try await client.send(HTTPRequest(url: server.url)) }
        #expect(server.connectionCount == 1)
    }

    @Test func `sends many requests over few connections`() async throws {
        let server = try LoopbackServer { .answer(body: Array($0.target.utf8), after: .milliseconds(1)) }
        defer { server.stop() }
        let client = HTTPClient(connections: 3)
        let bodies = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for index in 0..<60 {
                group.addTask { try await client.send(HTTPRequest(url: server.url + "/\(index)")).body }
            }
            return try await group.reduce(into: []) { $0.append(String(decoding: $1, as: UTF8.self)) }
        }
        #expect(Set(bodies) == Set((0..<60).map { "/\($0)" }))
        #expect(server.connectionCount <= 3)
    }

    @Test func `names the kind of every failure`() async throws {
        let port = try LoopbackServer.closedPort()
        #expect(await failure(of: HTTPRequest(url: "http://127.0.0.1:\(port)/x?token=s3cret"))?.kind == .refused)
        #expect(await failure(of: HTTPRequest(url: "http://nowhere.invalid/"))?.kind == .dns)
        #expect(await failure(of: HTTPRequest(url: "nonsense"))?.kind == .invalidRequest)
        #expect(await failure(of: HTTPRequest(url: "file:///etc/passwd"))?.kind == .invalidRequest)
        let header = HTTPHeader(name: "X", value: "a\r\nY: b")
        let split = HTTPRequest(url: "http://127.0.0.1:\(port)", headers: [header])
        #expect(await failure(of: split)?.kind == .invalidRequest)
    }

    @Test func `says what failed and where, without the query`() async throws {
        let port = try LoopbackServer.closedPort()
        let error = await failure(of: HTTPRequest(url: "http://user:s3cret@127.0.0.1:\(port)/x?token=s3cret"))
        let words = try #require(error?.description)
        #expect(words.hasPrefix("GET http://127.0.0.1:\(port)/x: "))
        #expect(!words.contains("s3cret"))
    }

    @Test func `gives up after the timeout`() async throws {
        let server = try LoopbackServer { _ in .hang }
        defer { server.stop() }
        let request = HTTPRequest(url: server.url, timeout: .milliseconds(100))
        #expect(await failure(of: request)?.kind == .timeout)
    }

    @Test func `a request that waits for a connection also gives up after its timeout`() async throws {
        let server = try LoopbackServer { $0.target == "/slow" ? .hang : .answer() }
        defer { server.stop() }
        let client = HTTPClient(connections: 1)
        async let slow = failure(of: HTTPRequest(url: server.url + "/slow", timeout: .milliseconds(600)), by: client)
        while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(2)) }
        let quick = await failure(of: HTTPRequest(url: server.url, timeout: .milliseconds(50)), by: client)
        #expect(quick?.kind == .timeout)
        #expect(await slow?.kind == .timeout)
        #expect(server.requests.count == 1)
    }

    @Test func `refuses an answer that is too long`() async throws {
        let server = try LoopbackServer { _ in .answer(body: [UInt8](repeating: 65, count: 100_000)) }
        defer { server.stop() }
        let client = HTTPClient()
        let limited = HTTPRequest(url: server.url, maximumResponseBytes: 99_999)
        #expect(await failure(of: limited, by: client)?.kind == .tooLarge)
        let exact = HTTPRequest(url: server.url, maximumResponseBytes: 100_000)
        #expect(try await client.send(exact).body.count == 100_000)
    }

    @Test func `cancelling the task ends the request`() async throws {
        let server = try LoopbackServer { _ in .hang }
        defer { server.stop() }
        let client = HTTPClient()
        let url = server.url
        let task = Task { await failure(of: HTTPRequest(url: url, timeout: .seconds(60)), by: client) }
        while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(2)) }
        task.cancel()
        #expect(await task.value?.kind == .cancelled)
    }

    @Test func `a client that goes away ends its thread and leaves no request behind`() async throws {
        let server = try LoopbackServer()
        defer { server.stop() }
        for _ in 0..<20 { #expect(try await HTTPClient().send(HTTPRequest(url: server.url)).status == 200) }
    }

    @Test func `a connection torn down is a reset`() async throws {
        let server = try LoopbackServer { _ in .reset }
        defer { server.stop() }
        #expect(await failure(of: HTTPRequest(url: server.url))?.kind == .reset)
    }

    private func failure(of request: HTTPRequest, by client: HTTPClient = HTTPClient()) async -> CurlError? {
        do throws(CurlError) {
            _ = try await client.send(request)
            return nil
        } catch {
            return error
        }
    }
}
