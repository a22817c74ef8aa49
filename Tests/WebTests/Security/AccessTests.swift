import Analysis
import Authentication
import Baselines
import Curl
import Telemetry
import TestSupport
import Testing

@testable import Web

/// Who may come in, and from where.
@Suite struct AccessTests {
    private static func guarded(_ body: @Sendable @escaping (WebFixture) async throws -> Void) async throws {
        try await WebFixture.serving({ $0.tokens = WebFixture.tokens }, body)
    }

    @Test func `without a token nothing but health, login and assets answers`() async throws {
        try await AccessTests.guarded { web in
            for path in ["/healthz", "/readyz", "/login", StudioAssets.style.path] {
                #expect(try await web.get(path).status == 200, "\(path)")
            }
            for path in ["/", "/runs", "/api/v1/runs", "/metrics", "/api/traces/1"] {
                let answer = try await web.get(path)
                #expect(answer.status == 401, "\(path)")
                #expect(answer.header("WWW-Authenticate")?.contains("Bearer") == true)
            }
            #expect(try await web.get("/api/v1/runs", token: "plim_wrong").status == 401)
        }
    }

    @Test func `a token allows what its scopes say`() async throws {
        try await AccessTests.guarded { web in
            #expect(try await web.get("/api/v1/runs", token: WebFixture.reader).status == 200)
            let deploy = #"{"service": "shop", "version": "2"}"#
            let refused = try await web.post("/api/v1/deploys", deploy, token: WebFixture.reader)
            #expect(refused.status == 403)
            #expect(try refused.json()["detail"] as? String == "the token plim_reader lacks the scope write")
            #expect(try await web.post("/api/v1/deploys", deploy, token: WebFixture.writer).status == 201)
            #expect(try await web.store.deploys().map(\.version) == ["2"])
        }
    }

    @Test func `a browser logs in with a token and then needs the form's own proof`() async throws {
        try await AccessTests.guarded { web in
            let page = try await web.get("/runs", ["Accept": "text/html"])
            #expect(page.status == 303)
            #expect(page.header("Location") == "/login?next=%2Fruns")
            #expect(try await web.form("/login", "token=wrong").status == 401)
            let login = try await web.form("/login", "token=\(WebFixture.writer)&next=/runs")
            #expect(login.status == 303)
            #expect(login.header("Location") == "/runs")
            let header = try #require(login.header("Set-Cookie"))
            #expect(header.contains("HttpOnly") && header.contains("SameSite=Lax"))
            let cookie = String(header.prefix { $0 != ";" })
            let deploys = try await web.get("/deploys", ["Cookie": cookie])
            #expect(deploys.status == 200)
            let found = try #require(deploys.text.firstMatch(of: /name="form" value="([0-9a-f]{64})"/))
            let own = ["Cookie": cookie, "Origin": web.url]
            let body = "service=shop&version=3"
            #expect(try await web.form("/deploys", body, own).status == 403)
            #expect(try await web.form("/deploys", body + "&form=0", own).status == 403)
            let other = ["Cookie": cookie, "Origin": "http://evil.example"]
            #expect(try await web.form("/deploys", body + "&form=\(found.1)", other).status == 403)
            #expect(try await web.form("/deploys", body + "&form=\(found.1)", ["Cookie": cookie]).status == 403)
            #expect(try await web.form("/deploys", body + "&form=\(found.1)", own).status == 303)
            #expect(try await web.store.deploys().count == 1)
            #expect(try await web.post("/api/v1/deploys", #"{"service": "a", "version": "b"}"#, own).status == 403)
            #expect(try await web.form("/logout", "form=\(found.1)", own).status == 303)
            #expect(try await web.get("/api/v1/runs", ["Cookie": cookie]).status == 401)
        }
    }

    @Test func `a login leads to no other site`() {
        #expect(LoginRoutes.local("/runs?module=a") == "/runs?module=a")
        for next in ["https://evil.example", "//evil.example", "/\\evil.example", "/a b", nil] {
            #expect(LoginRoutes.local(next) == "/")
        }
    }

    @Test func `without tokens only loopback names answer, and no page of another site may write`() async throws {
        try await WebFixture.serving { web in
            #expect(try await web.get("/").status == 200)
            #expect(try await web.get("/", ["Host": "localhost:\(web.port)"]).status == 200)
            for host in ["evil.example", "127.0.0.1.evil.example", "127.evil.example"] {
                #expect(try await web.get("/", ["Host": host]).status == 421, "\(host)")
            }
            let deploy = #"{"service": "shop", "version": "2"}"#
            let foreign = try await web.post("/api/v1/deploys", deploy, ["Origin": "http://evil.example"])
            #expect(foreign.status == 403)
            #expect(try await web.post("/api/v1/deploys", deploy, type: "text/plain").status == 415)
            #expect(try await web.post("/api/v1/deploys", deploy).status == 201)
        }
    }

    @Test func `a name that was allowed answers without tokens`() async throws {
        try await WebFixture.serving({ $0.allowedHosts = ["Plimsoll.internal"] }) { web in
            let answer = try await web.get("/", ["Host": "plimsoll.internal:4320"])
            #expect(answer.status == 200)
        }
    }

    @Test func `every answer carries the policy that forbids inline code`() async throws {
        try await WebFixture.serving { web in
            for path in ["/", "/healthz", "/nothing", "/api/v1/runs/unknown"] {
                let policy = try #require(
                    try await web.get(path, ["Accept": "text/html"]).header("Content-Security-Policy")
                )
                #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "\(path)")
                #expect(try await web.get(path).header("X-Content-Type-Options") == "nosniff")
            }
        }
    }

    @Test func `a session has what its token has now, and ends with it`() {
        let sessions = BrowserSessions()
        let token = WebFixture.token("a", [.read, .write])
        let cookie = sessions.begin(for: token, now: 0)
        let less = Credentials(given: [WebFixture.token("a", [.read])])
        #expect(sessions.visitor(cookie, of: less, now: 1)?.scopes == [.read])
        let none = Credentials(given: [WebFixture.token("b", [.read])])
        #expect(sessions.visitor(cookie, of: none, now: 1) == nil)
    }

    @Test(arguments: [
        ("localhost:4320", "localhost"), ("[::1]:4320", "::1"), ("[fd00::1]", "fd00::1"), ("fd00::1", "fd00::1"),
        ("127.0.0.1:80", "127.0.0.1"), ("plimsoll", "plimsoll"), ("[::1", "[::1"), ("", ""),
    ])
    func `an authority is read with and without brackets and port`(authority: String, host: String) {
        #expect(Access.host(of: authority) == host)
    }

    @Test func `an address of IPv6 that was allowed answers, with and without brackets in the setting`() async throws {
        for allowed in ["fd00::1", "[FD00::1]"] {
            try await WebFixture.serving({ $0.allowedHosts = [allowed] }) { web in
                for (host, status) in [("fd00::1", 200), ("fd00::2", 421), ("::1", 200)] {
                    let answer = try await web.get("/", ["Host": "[\(host)]:4320"])
                    #expect(answer.status == status, "\(host)")
                }
            }
        }
    }

    @Test func `sessions are bounded and end`() {
        let sessions = BrowserSessions()
        let token = WebFixture.token("a", [.read])
        let credentials = Credentials(given: [token])
        let first = sessions.begin(for: token, now: 0)
        #expect(sessions.visitor(first, of: credentials, now: 1)?.scopes == [.read])
        #expect(sessions.visitor(first, of: credentials, now: 13 * 3_600_000_000_000) == nil)
        let second = sessions.begin(for: token, now: 1)
        for moment in 2..<1_026 { _ = sessions.begin(for: token, now: UInt64(moment)) }
        #expect(sessions.visitor(second, of: credentials, now: 2_000) == nil)
    }
}
