import Curl
import Foundation
import Listeners
import TestSupport
import Testing

@testable import Web

/// The web port over TLS.
@Suite struct CertificateTests {
    private static func get(
        _ web: WebFixture,
        trusting authority: String,
        showing client: (certificate: String, key: String)? = nil
    ) async throws -> HTTPResponse {
        var request = HTTPRequest(url: "https://localhost:\(web.port)/healthz", timeout: .seconds(10))
        request.connection.keepsAlive = false
        request.connection.tls.authorities = authority
        request.connection.tls.certificate = client?.certificate
        request.connection.tls.key = client?.key
        // A client of its own: one that has been here before would resume its session and look at no certificate.
        return try await HTTPClient().send(request)
    }

    @Test func `a new certificate is taken without a restart`() async throws {
        let (first, second) = (try await TestAuthority(), try await TestAuthority())
        let files = try await first.issue("server")
        let replacement = try await second.issue("server")
        let served = CertificateFiles(certificate: files.certificate, key: files.key)
        try await WebFixture.serving({
            $0.certificate = served
            $0.certificateInterval = .milliseconds(20)
        }) { web in
            let answer = try await CertificateTests.get(web, trusting: first.certificate)
            #expect(answer.status == 200)
            #expect(answer.header("Strict-Transport-Security") != nil)
            for (old, new) in [(files.key, replacement.key), (files.certificate, replacement.certificate)] {
                try Data(contentsOf: URL(filePath: new)).write(to: URL(filePath: old), options: .atomic)
            }
            var changed: HTTPResponse?
            while changed == nil { changed = try? await CertificateTests.get(web, trusting: second.certificate) }
            #expect(changed?.status == 200)
            await #expect(throws: CurlError.self) { try await CertificateTests.get(web, trusting: first.certificate) }
        }
    }

    @Test func `with a CA for clients, only a client of that CA is answered`() async throws {
        let authority = try await TestAuthority()
        let server = try await authority.issue("server")
        let clients = try await TestAuthority()
        let known = try await clients.issue("client")
        let files = CertificateFiles(
            certificate: server.certificate,
            key: server.key,
            clientCA: clients.certificate
        )
        try await WebFixture.serving({ $0.certificate = files }) { web in
            let trusted = authority.certificate
            #expect(try await CertificateTests.get(web, trusting: trusted, showing: known).status == 200)
            for shown in [nil, server] {
                await #expect(throws: CurlError.self) {
                    try await CertificateTests.get(web, trusting: trusted, showing: shown)
                }
            }
        }
    }
}
