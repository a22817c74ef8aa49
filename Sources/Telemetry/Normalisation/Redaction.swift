/// Takes secrets out of text before anything is stored (`spec/wire.md` section 3.3).
package enum Redaction {
    /// What stands in place of a secret.
    package static let mark = "REDACTED"

    /// The text without `user:password@` in URLs, without the values of secret parameters (`token=…`) and without
    /// bearer and basic credentials.
    package static func redacted(_ text: String) -> String {
        // Most values have none of the marks of a secret, and keep their storage.
        guard
            text.utf8.contains(where: { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: " ") })
        else { return text }
        return String(decoding: withoutCredentials(withoutParameters(withoutUserInfo(Array(text.utf8)))), as: UTF8.self)
    }

    /// Whether an attribute or parameter of this name is secret whatever its value.
    static func isSecretName(_ name: some StringProtocol) -> Bool {
        secretNames.contains(name.asciiLowercased.replacing(UInt8(ascii: "-"), with: UInt8(ascii: "_")))
    }

    private static let secretNames: Set<String> = [
        "access_key", "access_token", "api_key", "apikey", "auth", "authorization", "awsaccesskeyid", "client_secret",
        "code", "cookie", "id_token", "jwt", "passwd", "password", "private_key", "proxy_authorization", "pwd",
        "refresh_token", "secret", "session", "session_id", "sessionid", "set_cookie", "sig", "signature", "state",
        "token", "x_amz_credential", "x_amz_security_token", "x_amz_signature", "x_api_key", "x_auth_token",
        "x_goog_signature",
    ]

    /// `scheme://user:password@host` → `scheme://host`, wherever it occurs.
    private static func withoutUserInfo(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            result.append(bytes[index])
            index += 1
            guard result.suffix(3).elementsEqual("://".utf8) else { continue }
            let end = bytes[index...].firstIndex { $0.isSpace || "/?#\"'".utf8.contains($0) } ?? bytes.count
            // The last @: a password may hold one.
            if let at = bytes[index..<end].lastIndex(of: UInt8(ascii: "@")) { index = at + 1 }
        }
        return result
    }

    /// `name=value` → `name=REDACTED` where the name is secret; a value ends at `&`, `;`, a space or a quote.
    private static func withoutParameters(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(UInt8(ascii: "=")) else { return bytes }
        var result: [UInt8] = []
        var nameStart = 0
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            result.append(byte)
            index += 1
            if byte == UInt8(ascii: "=") {
                let name = String(decoding: result[nameStart..<(result.count - 1)], as: UTF8.self)
                if isSecretName(name) {
                    result += mark.utf8
                    index = bytes[index...].firstIndex(where: endsValue) ?? bytes.count
                }
            } else if !(byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")) {
                nameStart = result.count
            }
        }
        return result
    }

    private static func endsValue(_ byte: UInt8) -> Bool { byte.isSpace || "&;\"'".utf8.contains(byte) }

    /// `Bearer xyz` → `Bearer REDACTED`.
    private static func withoutCredentials(_ bytes: [UInt8]) -> [UInt8] {
        var words = bytes.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false).map { Array($0) }
        for index in words.indices.dropFirst() where schemes.contains(words[index - 1].map(\.lowercased)) {
            if !words[index].isEmpty { words[index] = Array(mark.utf8) }
        }
        return Array(words.joined(separator: [UInt8(ascii: " ")]))
    }

    private static let schemes: Set<[UInt8]> = [Array("bearer".utf8), Array("basic".utf8)]
}

extension String {
    fileprivate func replacing(_ byte: UInt8, with other: UInt8) -> String {
        String(decoding: utf8.map { $0 == byte ? other : $0 }, as: UTF8.self)
    }
}
