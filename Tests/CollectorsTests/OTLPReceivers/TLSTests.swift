import Collectors
import Curl
import Foundation
import Listeners
import Telemetry
import TestSupport
import Testing

/// Real receivers with certificates, and clients that check them.
@Suite struct TLSTests {
    @Test func `over HTTPS an export arrives, for a client that trusts the CA`() async throws {
        let authority = try await TestAuthority()
        let server = try await authority.issue("server")
        try await RunningReceiver.with(tls: CertificateFiles(server)) { receiver in
            let answer = try await receiver.postSecurely(ExportBodies.valid(3), trusting: authority.certificate)
            #expect(answer.status == 200)
            #expect(receiver.sink.spans.count == 3)

            let stranger = try await TestAuthority()
            await #expect(throws: CurlError.self) {
                try await receiver.postSecurely(ExportBodies.valid(), trusting: stranger.certificate)
            }
            // Without TLS there is no answer in HTTP.
            await #expect(throws: CurlError.self) { try await receiver.post(ExportBodies.valid()) }
            #expect(receiver.sink.spans.count == 3)
        }
    }

    @Test func `with a CA for clients, only a client of that CA may send over HTTPS`() async throws {
        let authority = try await TestAuthority()
        let clients = try await TestAuthority()
        let server = try await authority.issue("server")
        try await RunningReceiver.with(tls: CertificateFiles(server, clientCA: clients.certificate)) { receiver in
            let known = try await clients.issue("client")
            let other = try await authority.issue("other")
            let answer = try await receiver.postSecurely(
                ExportBodies.valid(),
                trusting: authority.certificate,
                showing: known
            )
            #expect(answer.status == 200)
            for shown in [nil, other] {
                await #expect(throws: CurlError.self) {
                    try await receiver.postSecurely(
                        ExportBodies.valid(),
                        trusting: authority.certificate,
                        showing: shown
                    )
                }
            }
            #expect(receiver.sink.spans.count == 1)
        }
    }

    @Test func `over gRPC an export arrives, and only from a client of the CA`() async throws {
        let authority = try await TestAuthority()
        let server = try await authority.issue("server")
        let client = try await authority.issue("client")
        let files = CertificateFiles(server, clientCA: authority.certificate)
        try await RunningGRPCReceiver.with(tls: files) { receiver in
            var known = TLSSettings()
            (known.authorities, known.certificate, known.key) = (authority.certificate, client.certificate, client.key)
            try await receiver.expect(0, exporting: ExportBodies.valid(2), tls: known)
            #expect(receiver.sink.spans.count == 2)

            var anonymous = TLSSettings()
            anonymous.authorities = authority.certificate
            await #expect(throws: CurlError.self) { try await receiver.export(ExportBodies.valid(), tls: anonymous) }
            #expect(receiver.sink.spans.count == 2)
        }
    }

    @Test func `a new certificate is taken without a restart, a broken one never`() async throws {
        let first = try await TestAuthority()
        let second = try await TestAuthority()
        let files = try await first.issue("server")
        let replacement = try await second.issue("server")
        try await RunningReceiver.with(tls: CertificateFiles(files)) { receiver in
            try Data("no certificate".utf8).write(to: URL(filePath: files.certificate), options: .atomic)
            while receiver.counters.snapshot.certificateFailures == 0 { try await Task.sleep(for: .milliseconds(5)) }
            let still = try await receiver.postSecurely(ExportBodies.valid(), trusting: first.certificate)
            #expect(still.status == 200)

            for (old, new) in [(files.key, replacement.key), (files.certificate, replacement.certificate)] {
                try Data(contentsOf: URL(filePath: new)).write(to: URL(filePath: old), options: .atomic)
            }
            var answer: HTTPResponse?
            while answer == nil {
                answer = try? await receiver.postSecurely(ExportBodies.valid(), trusting: second.certificate)
            }
            #expect(answer?.status == 200)
            await #expect(throws: CurlError.self) {
                try await receiver.postSecurely(ExportBodies.valid(), trusting: first.certificate)
            }
        }
    }

    @Test func `files that hold no certificate are named before anything listens`() async throws {
        let authority = try await TestAuthority()
        let server = try await authority.issue("server")
        let none = authority.folder + "/none.pem"
        for files in [CertificateFiles((none, server.key)), CertificateFiles((server.key, server.key))] {
            #expect(throws: CertificateFailure.self) { try files.listenerTLS(counters: ReceiverCounters()) }
        }
    }
}

extension RunningReceiver {
    /// Posts as a client that has never been here.
    fileprivate func postSecurely(
        _ body: [UInt8],
        trusting authority: String,
        showing client: (certificate: String, key: String)? = nil
    ) async throws -> HTTPResponse {
        var request = HTTPRequest(
            method: "POST",
            url: "https://localhost:\(port)/v1/traces",
            headers: [HTTPHeader(name: "Content-Type", value: "application/x-protobuf")],
            body: body
        )
        request.connection.keepsAlive = false
        request.connection.tls.authorities = authority
        request.connection.tls.certificate = client?.certificate
        request.connection.tls.key = client?.key
        // A client of its own: one that has been here before would resume its session and look at no certificate.
        return try await HTTPClient().send(request)
    }
}
