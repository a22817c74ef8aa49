import Foundation

/// An authority, a server's certificate for 127.0.0.1 and a client's, made by openssl once for all tests.
struct TestCertificates: Sendable {
    struct Failure: Error {
        var said: String
    }

    static let made = Result { try TestCertificates() }

    let folder: String

    var authority: String { folder + "/ca.pem" }
    var otherAuthority: String { folder + "/other-ca.pem" }
    var server: (certificate: String, key: String) { (folder + "/server.pem", folder + "/server.key") }
    var client: (certificate: String, key: String) { (folder + "/client.pem", folder + "/client.key") }
    /// The client's key, encrypted.
    let password = "k3y-password"
    var encryptedKey: String { folder + "/client-encrypted.key" }

    private init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "certificates-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let script = """
            set -e
            authority() {
                openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=$1" \
                    -keyout "$1.key" -out "$1.pem"
            }
            signed() {
                openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" -keyout "$1.key" -out "$1.csr"
                printf '%s' "$2" > "$1.ext"
                openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -out "$1.pem" -extfile "$1.ext"
            }
            authority ca
            authority other-ca
            signed server "subjectAltName=IP:127.0.0.1,DNS:localhost"
            signed client "extendedKeyUsage=clientAuth"
            openssl ec -in client.key -aes256 -passout pass:\(password) -out client-encrypted.key
            """
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", script]
        process.currentDirectoryURL = URL(filePath: folder)
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(said: String(decoding: said, as: UTF8.self)) }
    }
}
