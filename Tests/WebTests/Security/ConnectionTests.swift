import Analysis
import Baselines
import Curl
import Listeners
import Telemetry
import TestSupport
import Testing

@testable import Web

/// What the server takes from a connection before it hangs up.
@Suite struct ConnectionTests {
    @Test func `a connection that never ends its header is closed`() async throws {
        try await WebFixture.serving({ $0.limits.headerTimeout = .seconds(3) }) { web in
            let rest = try await web.raw("GET / HTTP/1.1\\r\\nHost: localhost\\r\\nX-Slow: ")
            #expect(rest.isEmpty)
            let health = try await web.get("/healthz")
            #expect(health.status == 200)
        }
    }

    @Test func `idle connections give way to a request`() async throws {
        try await WebFixture.serving({ $0.limits.connectionsPerPeer = 4 }) { web in
            let said = try await Command.python(
                """
                import http.client, select, socket, time
                idle = [socket.create_connection(('127.0.0.1', \(web.port)), 15) for _ in range(30)]
                while len(select.select(idle, [], [], 1)[0]) < 26: time.sleep(0.01)
                asked = http.client.HTTPConnection('127.0.0.1', \(web.port), timeout=15)
                asked.request('GET', '/healthz')
                print(asked.getresponse().status)
                asked.close()
                """
            )
            #expect(said == "200\n")
            let metrics = try await web.get("/metrics").text
            let line = try #require(
                metrics.split(separator: "\n").first {
                    $0.hasPrefix(#"plimsoll_connections_closed_for_room_total{port="web"}"#)
                }
            )
            #expect(line.split(separator: " ").last.flatMap { Double($0) } ?? 0 >= 26)
        }
    }

    @Test func `a body beyond the limit is refused from its header`() async throws {
        try await WebFixture.serving({ $0.bodyBytes = 1_000 }) { web in
            let long = #"{"service": "shop", "version": ""# + String(repeating: "1", count: 1_000) + #""}"#
            let answer = try await web.post("/api/v1/deploys", long)
            #expect(answer.status == 413)
            #expect(answer.header("Content-Type") == "application/problem+json")
        }
    }

    @Test func `a header beyond 16 KiB never reaches a route`() async throws {
        try await WebFixture.serving { web in
            let text =
                "GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\nX-Long: " + String(repeating: "a", count: 20_000)
            let answer = try await web.raw(text + "\\r\\n\\r\\n")
            #expect(!answer.contains("200 OK"))
            #expect(try await web.get("/healthz").status == 200)
        }
    }

    @Test func `HEAD answers as GET without the body`() async throws {
        try await WebFixture.serving { web in
            let answer = try await web.raw(
                "HEAD /api/v1/runs HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n"
            )
            #expect(answer.hasPrefix("HTTP/1.1 200 OK"))
            #expect(answer.lowercased().contains("etag:") && answer.hasSuffix("\r\n\r\n"))
        }
    }
}
