import Curl
import LoadGeneration
import Plans
import Statistics
import Telemetry
import TestSupport
import Testing

/// How requests get to nginx and through a proxy, each in a process of its own.
@Suite struct TransportTests {
    @Test func `a server's certificate is trusted by the authority of the plan and by no other`() async throws {
        let nginx = try NginxServer()
        defer { nginx.stop() }
        let certificates = try TestCertificates.made.get()
        let url = "https://127.0.0.1:\(nginx.tlsPort)"
        let trusted = try await scenario(url) { $0.transport.tls.authorities = certificates.authority }.run()
        #expect(trusted.ledger.completed == 20 && trusted.phases.tls.count > 0)
        let system = try await scenario(url) { _ in }.run()
        #expect(system.ledger[.tls] == 20 && system.ledger.isBalanced)
        let other = try await scenario(url) { $0.transport.tls.authorities = certificates.otherAuthority }.run()
        #expect(other.ledger[.tls] == 20)
        let blind = try await scenario(url) { $0.transport.tls.verifies = false }.run()
        #expect(blind.ledger.completed == 20)
        #expect(try nginx.log().count { $0.port == nginx.tlsPort && $0.status == 200 } == 40)
    }

    @Test func `a client's certificate is shown, its key with a password too`() async throws {
        let nginx = try NginxServer()
        defer { nginx.stop() }
        let certificates = try TestCertificates.made.get()
        let url = "https://127.0.0.1:\(nginx.clientTLSPort)"
        let edits: [(inout TLSPlan) -> Void] = [
            { _ in },
            { ($0.certificate, $0.key) = (certificates.client.certificate, certificates.client.key) },
            { tls in
                (tls.certificate, tls.key) = (certificates.client.certificate, certificates.encryptedKey)
                tls.keyPassword = certificates.password
            },
        ]
        var statuses: [[Int: UInt64]] = []
        for edit in edits {
            let load = try await scenario(url) { test in
                test.transport.tls.authorities = certificates.authority
                edit(&test.transport.tls)
            }.run()
            statuses.append(load.statusCodes)
        }
        #expect(statuses == [[400: 20], [200: 20], [200: 20]])
        #expect(try nginx.log().count { $0.clientCertificate == "SUCCESS." } == 40)
        // A wrong password is told as a TLS error, and nobody is asked for another at the terminal.
        let wrong = try await scenario(url) { test in
            test.transport.tls.authorities = certificates.authority
            test.transport.tls.certificate = certificates.client.certificate
            test.transport.tls.key = certificates.encryptedKey
        }.run()
        #expect(wrong.ledger[.tls] == 20)
    }

    @Test func `HTTP/2 over TLS shares connections between requests`() async throws {
        let nginx = try NginxServer()
        defer { nginx.stop() }
        let load = try await http2(nginx.http2Port, rate: 400).run()
        #expect(load.ledger.completed == 200 && load.ledger.isBalanced && load.invalidReasons == [])
        let log = try nginx.log()
        #expect(log.count == 200 && log.allSatisfy { $0.protocolName == "HTTP/2.0" })
        // Two workers with a pool each; a request may open another while the first has not said that it can share.
        #expect(Set(log.map(\.connection)).count <= 4)
        #expect(load.connectionsOpened <= 4)
    }

    @Test func `answers over HTTP/1.1 make a test that asks for HTTP/2 invalid`() async throws {
        let nginx = try NginxServer()
        defer { nginx.stop() }
        let load = try await http2(nginx.tlsPort, rate: 40).run()
        #expect(load.ledger.completed == 20)
        #expect(load.invalidReasons.contains { $0.contains("20 answers came over HTTP/1.1") })
    }

    @Test func `plaintext HTTP/2 works or is refused before any request, and is never held against the target`()
        async throws
    {
        let nginx = try NginxServer()
        defer { nginx.stop() }
        let url = "http://127.0.0.1:\(nginx.plainHTTP2Port)"
        let scenario = scenario(url) { $0.transport.version = .http2 }
        var settings = ConnectionSettings()
        settings.version = .http2
        if CurlVersion.refusal(of: settings, scheme: "http") == nil {
            let load = try await scenario.run()
            #expect(load.ledger.completed == 20)
            #expect(try nginx.log().allSatisfy { $0.protocolName == "HTTP/2.0" })
        } else {
            let error = await #expect(throws: LoadError.self) { _ = try await scenario.run() }
            #expect(error?.description.contains("curl issue 10634") == true)
            #expect(try nginx.log().isEmpty)
        }
    }

    @Test func `only the libcurl versions with the fault are refused, and only in plain text`() {
        var settings = ConnectionSettings()
        settings.version = .http2
        let all: Int32 = -1
        func refusal(_ scheme: String, _ version: UInt32, _ features: Int32 = all) -> String? {
            CurlVersion.refusal(of: settings, scheme: scheme, version: version, features: features)
        }
        #expect(refusal("http", 0x07_5801)?.contains("10634") == true)
        #expect(refusal("http", 0x07_5800) != nil)
        #expect(refusal("http", 0x07_5700) == nil)
        #expect(refusal("http", 0x08_0000) == nil)
        #expect(refusal("https", 0x07_5801) == nil)
        #expect(refusal("https", 0x08_0000, 0)?.contains("without HTTP/2") == true)
    }

    @Test func `a Unix socket takes the place of host and port`() async throws {
        let nginx = try NginxServer()
        defer { nginx.stop() }
        // Nothing listens there, and nothing needs to.
        let load = try await scenario("http://checkout.invalid") { $0.transport.unixSocket = nginx.socketPath }.run()
        #expect(load.ledger.completed == 20)
        #expect(try nginx.log().count == 20)
        let missing = try await scenario("http://checkout.invalid") { $0.transport.unixSocket = "/tmp/none.sock" }.run()
        #expect(missing.ledger[.refused] + missing.ledger[.transport] == 20)
    }

    @Test func `basic and bearer authentication are what the server expects`() async throws {
        let nginx = try NginxServer()
        defer { nginx.stop() }
        let url = "http://127.0.0.1:\(nginx.plainPort)"
        let header = "Basic " + Base64.encode(Array("load:s3cret".utf8))
        let known = try await scenario(url) { test in
            test.path = "/private"
            test.headers = [HeaderField(name: "Authorization", value: header)]
        }.run()
        #expect(known.statusCodes == [204: 20])
        let unknown = try await scenario(url) { test in
            test.path = "/private"
            test.headers = [HeaderField(name: "Authorization", value: "Bearer s3cret")]
        }.run()
        #expect(unknown.statusCodes == [401: 20])
    }

    @Test func `a proxy carries plain requests and tunnels TLS, with its own password`() async throws {
        let nginx = try NginxServer()
        defer { nginx.stop() }
        let proxy = try ServerProcess("proxy.py")
        let certificates = try TestCertificates.made.get()
        func load(_ url: String, password: String) async throws -> TestLoad {
            try await scenario(url, rate: 20) { test in
                test.transport.tls.authorities = certificates.authority
                test.transport.proxy = ProxyPlan(url: proxy.url, user: "load", password: password)
            }.run()
        }
        let plain = "http://127.0.0.1:\(nginx.plainPort)"
        let secure = "https://127.0.0.1:\(nginx.tlsPort)"
        #expect(try await load(plain, password: "s3cret").statusCodes == [200: 10])
        #expect(try await load(secure, password: "s3cret").statusCodes == [200: 10])
        #expect(try await load(plain, password: "wrong").statusCodes == [407: 10])
        let seen = proxy.stopAndReadOutput()
        #expect(seen.count { $0 == "GET \(plain)/ welcome" } == 10)
        #expect(seen.contains { $0.hasPrefix("CONNECT 127.0.0.1:\(nginx.tlsPort)") })
        #expect(seen.count { $0.hasSuffix("refused") } == 10)
        #expect(try nginx.log().count == 20)
    }

    private func scenario(
        _ url: String,
        rate: Double = 40,
        edit: (inout TestDefinition) -> Void
    ) -> LoadScenario {
        LoadScenario(url: url, rate: rate, edit: edit)
    }

    private func http2(_ port: Int, rate: Double) throws -> LoadScenario {
        let certificates = try TestCertificates.made.get()
        return scenario("https://127.0.0.1:\(port)", rate: rate) { test in
            test.transport.version = .http2
            test.transport.tls.authorities = certificates.authority
        }
    }
}
