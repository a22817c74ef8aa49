import Baselines
import Curl
import Foundation
import Listeners
import TestSupport
import Testing

@testable import Web

/// Requests that nobody sends in good faith.
@Suite struct AttackTests {
    /// Sends them, each on a connection of its own, and expects an answer that begins with one of `statuses` or none.
    private static func expect(_ statuses: [Int], to request: String, of web: WebFixture) async throws {
        let answer = try await web.raw(request)
        let status = answer.dropFirst("HTTP/1.1 ".count).prefix(3)
        #expect(answer.isEmpty || statuses.contains(Int(status) ?? 0), "\(request.prefix(80)): \(answer.prefix(200))")
        #expect(try await web.get("/healthz").status == 200)
    }

    @Test(arguments: [
        "PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n",
        "\\x16\\x03\\x01\\x02\\x00\\x01\\x00\\x01\\xfc\\x03\\x03",
        "GET / HTTP/1.1\\r\\n\\r\\n\\x00\\x00\\x00",
        "GET / HTTP/9.9\\r\\nHost: localhost\\r\\n\\r\\n",
        "POST /login HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 4\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\n",
        "POST /api/v1/deploys HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 1\\r\\nContent-Length: 2\\r\\n\\r\\nab",
        "POST /api/v1/deploys HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: -1\\r\\n\\r\\n",
        "POST /api/v1/deploys HTTP/1.1\\r\\nHost: localhost\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nzz\\r\\n",
        "GET / HTTP/1.1\\r\\nHost: localhost\\r\\nX: a\\x00b\\r\\n\\r\\n",
        "GET /\\x00 HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n",
    ])
    func `what is no HTTP/1.1 request costs its sender the connection only`(request: String) async throws {
        try await WebFixture.serving({ $0.limits.headerTimeout = .seconds(3) }) { web in
            try await AttackTests.expect([400, 415, 421], to: request, of: web)
        }
    }

    @Test func `a request without a host, with two or with a foreign one is not answered`() async throws {
        try await WebFixture.serving { web in
            for host in ["", "Host: \\r\\n", "Host: evil.example\\r\\n", "Host: localhost@evil.example\\r\\n"] {
                try await AttackTests.expect(
                    [400, 421],
                    to: "GET / HTTP/1.1\\r\\n\(host)Connection: close\\r\\n\\r\\n",
                    of: web
                )
            }
            try await AttackTests.expect(
                [400, 421],
                to: "GET http://evil.example/ HTTP/1.1\\r\\nHost: evil.example\\r\\nConnection: close\\r\\n\\r\\n",
                of: web
            )
        }
    }

    @Test func `a hundred requests in one write are answered in order, a hundred header fields too many are not`()
        async throws
    {
        try await WebFixture.serving { web in
            let one = "GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n"
            let last = "GET /nothing HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n"
            let answer = try await web.raw(String(repeating: one, count: 100) + last)
            #expect(answer.matches(of: /HTTP\/1.1 200 OK/).count == 100)
            #expect(answer.matches(of: /HTTP\/1.1 404/).count == 1)
            let fields = (0..<200).map { "X-\($0): 1\\r\\n" }.joined()
            try await AttackTests.expect(
                [400, 431],
                to: "GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\n\(fields)\\r\\n",
                of: web
            )
        }
    }

    @Test func `a chunked body is cut off at the limit, however it comes`() async throws {
        try await WebFixture.serving({ $0.bodyBytes = 1_000 }) { web in
            let head =
                "POST /api/v1/deploys HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Type: application/json\\r\\n"
                + "Transfer-Encoding: chunked\\r\\nConnection: close\\r\\n\\r\\n"
            let chunk = "64\\r\\n" + String(repeating: "a", count: 100) + "\\r\\n"
            let body = String(repeating: chunk, count: 20) + "0\\r\\n\\r\\n"
            try await AttackTests.expect([413], to: head + body, of: web)
        }
    }

    @Test func `a body that stops in the middle is given up`() async throws {
        try await WebFixture.serving({ $0.limits.idleTimeout = .seconds(3) }) { web in
            try await AttackTests.expect(
                [400, 408],
                to: "POST /api/v1/deploys HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Type: application/json\\r\\n"
                    + "Content-Length: 100\\r\\n\\r\\n{",
                of: web
            )
        }
    }

    /// Identifiers as they may stand in a path.
    static let hostile = [
        "..%2f..%2f..%2fetc%2fpasswd", "..%5c..%5cwindows", "%2e%2e", "%00", "%ff%fe", "a'--",
        "%3Cscript%3Ealert(1)%3C%2Fscript%3E", "%27%20OR%201=1--", String(repeating: "a", count: 5_000), "%F0%9F%92%A9",
        "%0d%0aSet-Cookie:%20a=b", "-1", "1e999", "18446744073709551616", "{id}", "%25%32%65",
    ]

    @Test(arguments: [
        "/runs/ID", "/queue/ID", "/checks/ID", "/traces/ID", "/api/v1/runs/ID", "/api/v1/runs/ID/artifacts",
        "/api/v1/runs/ID/artifacts/ID", "/api/v1/queue/ID", "/api/v1/queue/ID/events", "/api/v1/checks/ID",
        "/api/v1/findings/ID", "/api/v1/traces/ID", "/api/traces/ID", "/api/v2/traces/ID", "/api/v3/traces/ID",
        "/api/services/ID/operations", "/api/v2/search/tag/ID/values", "/assets/ID/ID",
    ])
    func `whatever stands for an id finds nothing, and is text in the answer`(path: String) async throws {
        let reports = Reports()
        try await WebFixture.serving(reports: reports) { web in
            for id in AttackTests.hostile {
                for accept in ["text/html", "application/json"] {
                    let answer = try await web.get(path.replacing("ID", with: id), ["Accept": accept])
                    // Lists of what a name has are empty; everything else is not there, or no id.
                    #expect([200, 400, 404].contains(answer.status), "\(path) \(id.prefix(40)): \(answer.status)")
                    #expect(!answer.text.contains("root:") && answer.header("Set-Cookie") == nil, "\(path) \(id)")
                    let isPage = answer.header("Content-Type")?.contains("html") == true
                    #expect(!isPage || !answer.text.contains("<script>alert"), "\(path) \(id)")
                }
            }
        }
        #expect(reports.lines == [])
    }

    @Test(arguments: [
        "/runs", "/findings", "/deploys", "/trends", "/traces", "/services", "/coverage", "/queue", "/", "/api/v1/runs",
        "/api/v1/findings", "/api/v1/traces", "/api/v1/windows/operations", "/api/v1/windows/series",
        "/api/v1/flamegraph.svg", "/api/v1/deploys", "/api/v1/checks", "/api/v1/annotations", "/api/v1/baselines",
        "/api/traces", "/api/v3/traces",
        "/api/search", "/api/feed/runs", "/api/feed/operations", "/api/feed/trend", "/api/dependencies",
    ])
    func `whatever stands in a query is never a fault of ours`(path: String) async throws {
        let reports = Reports()
        try await WebFixture.serving(reports: reports) { web in
            let names = [
                "limit", "from", "to", "service", "operation", "module", "q", "tags", "start", "end", "page", "run",
                "since", "id", "state", "version", "lookback", "minDuration", "edition", "test", "metric",
            ]
            for value in AttackTests.hostile where value.utf8.count < 600 {
                let query = names.map { "\($0)=\(value)" }.joined(separator: "&")
                let answer = try await web.get("\(path)?\(query)", ["Accept": "text/html"])
                #expect(answer.status < 500, "\(path) \(value): \(answer.status)")
                let isPage = answer.header("Content-Type")?.contains("html") == true
                #expect(!isPage || !answer.text.contains("<script>alert"), "\(path) \(value)")
            }
        }
        #expect(reports.lines == [])
    }

    @Test func `a token in the address opens nothing`() async throws {
        try await WebFixture.serving({ $0.tokens = WebFixture.tokens }) { web in
            for name in ["token", "access_token", "authorization", "api_key"] {
                let answer = try await web.get("/api/v1/runs?\(name)=\(WebFixture.reader)")
                #expect(answer.status == 401, "\(name)")
            }
        }
    }

    @Test func `what goes wrong inside is told inside, and has a number outside`() async throws {
        let reports = Reports()
        try await WebFixture.serving(reports: reports) { web in
            try await web.change("DROP TABLE deploys")
            let answer = try await web.get("/api/v1/deploys")
            #expect(answer.status == 500)
            let detail = try #require(try answer.json()["detail"] as? String)
            #expect(!detail.contains("deploys") && !detail.contains("SQL"))
            let number = try #require(detail.firstMatch(of: /problem ([0-9a-f]{8})$/)?.1)
            let report = try #require(reports.lines.first)
            #expect(report.hasPrefix("problem \(number): GET /api/v1/deploys: ") && report.contains("deploys"))
            #expect(!report.contains("\n"))
        }
    }
}
