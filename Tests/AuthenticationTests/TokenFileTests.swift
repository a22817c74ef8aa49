import Foundation
import Testing

@testable import Authentication

/// Tokens at rest.
@Suite struct TokenFileTests {
    @Test func `what is appended is read back, without the token itself`() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "plimsoll-tokens-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let text = SecretText.token()
        let token = AccessToken(name: "grafana", digest: SecretText.digest(text), scopes: [.read, .ingest])
        try TokenFile.append(token, to: path)
        try TokenFile.append(AccessToken(name: "b", digest: token.digest, scopes: [.write]), to: path)
        #expect(try TokenFile.read(path).first == token)
        #expect(try TokenFile.read(path).count == 2)
        #expect(try !String(contentsOfFile: path, encoding: .utf8).contains(text))
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func `tokens differ and are 256 bits`() {
        #expect(SecretText.token() != SecretText.token())
        #expect(SecretText.token().count == "plim_".count + 64)
    }

    @Test(arguments: ["grafana read", "grafana all sha256:" + String(repeating: "0", count: 64), "a read sha256:12"])
    func `a line that is not understood is refused with its number`(line: String) {
        let failure = #expect(throws: TokenFile.Failure.self) {
            try TokenFile.parse("# comment\n\n\(line)\n", path: "tokens")
        }
        #expect(failure?.description.hasPrefix("tokens:3:") == true)
    }

    @Test func `digests are compared as a whole`() {
        #expect(SecretText.isSame([1, 2, 3], [1, 2, 3]))
        #expect(!SecretText.isSame([1, 2, 3], [1, 2, 4]))
        #expect(!SecretText.isSame([1, 2], [1, 2, 3]))
    }

    /// FIPS 180-4's examples.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `digests are those of SHA-256`(text: String, digest: String) {
        #expect(SecretText.hex(SecretText.digest(text)) == digest)
    }
}
