import Foundation

/// A certificate authority of its own, made by `openssl`, in a folder that goes with it.
package final class TestAuthority: Sendable {
    package let folder: String

    /// The certificate to trust.
    package var certificate: String { folder + "/ca.pem" }

    package struct Failed: Error {
        package var said: String
    }

    /// Elliptic keys: made in milliseconds, unlike RSA's.
    private static let newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]

    package init() async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "plimsoll-ca-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try await openssl(
            ["req", "-x509", "-subj", "/CN=Test CA", "-keyout", folder + "/ca.key", "-out", certificate]
                + TestAuthority.newKey
        )
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// A certificate and its key, PEM files, for this machine's loopback or for a client.
    package func issue(_ name: String) async throws -> (certificate: String, key: String) {
        let pair = (certificate: "\(folder)/\(name).pem", key: "\(folder)/\(name).key")
        try await openssl(
            [
                "req", "-x509", "-subj", "/CN=\(name)", "-CA", certificate, "-CAkey", folder + "/ca.key",
                "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-addext", "basicConstraints=CA:FALSE",
                "-keyout", pair.key, "-out", pair.certificate,
            ] + TestAuthority.newKey
        )
        return pair
    }

    private func openssl(_ arguments: [String]) async throws {
        let result = try await Command("/usr/bin/env", ["openssl"] + arguments).wait(timeout: 30)
        guard result.exitCode == 0 else { throw Failed(said: result.standardError) }
    }
}
