import Foundation
import Glibc

/// The file of access tokens: a line a token, `name scopes sha256:digest`, such as `grafana read sha256:9f86…`.
///
/// Empty lines and lines that begin with `#` are left out. The tokens themselves stand nowhere.
package enum TokenFile {
    /// Why a file cannot be used, in one line.
    package struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        package let description: String
    }

    /// Throws `Failure` with the line for whatever is not understood: a token that is silently ignored locks somebody out.
    package static func read(_ path: String) throws(Failure) -> [AccessToken] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(description: "tokens file \(path) cannot be read")
        }
        let tokens = try parse(String(decoding: data, as: UTF8.self), path: path)
        // Without a token nobody would be asked for one.
        guard !tokens.isEmpty else {
            throw Failure(description: "tokens file \(path) has no token: make one with `plimsoll token create`")
        }
        return tokens
    }

    static func parse(_ text: String, path: String) throws(Failure) -> [AccessToken] {
        var tokens: [AccessToken] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.split(whereSeparator: \.isWhitespace)
            guard let first = words.first, !first.hasPrefix("#") else { continue }
            guard let token = token(words) else {
                throw Failure(
                    description: "\(path):\(index + 1): expected `name scopes sha256:digest`, "
                        + "such as `grafana read sha256:` and 64 hex digits; make one with `plimsoll token create`"
                )
            }
            tokens.append(token)
        }
        return tokens
    }

    /// Appends a token; a new file is readable by its owner only.
    package static func append(_ token: AccessToken, to path: String) throws(Failure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        let before = FileManager.default.contents(atPath: path)?.last
        // Somebody's editor may have left the last line open.
        let start = before == nil || before == UInt8(ascii: "\n") ? "" : "\n"
        var bytes = Array((start + line(token) + "\n").utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard written > 0 else { throw failure(path) }
            bytes = bytes.dropFirst(written)
        }
    }

    static func line(_ token: AccessToken) -> String {
        let scopes = AccessScope.allCases.filter(token.scopes.contains).map(\.rawValue).joined(separator: ",")
        return "\(token.name) \(scopes) sha256:\(SecretText.hex(token.digest))"
    }

    private static func failure(_ path: String) -> Failure {
        Failure(description: "tokens file \(path) cannot be written: \(String(cString: strerror(errno)))")
    }

    private static func token(_ words: [Substring]) -> AccessToken? {
        guard words.count == 3, words[2].hasPrefix("sha256:"), let digest = bytes(words[2].dropFirst(7)) else {
            return nil
        }
        let scopes = words[1].split(separator: ",").map { AccessScope(rawValue: String($0)) }
        guard !scopes.isEmpty, !scopes.contains(nil) else { return nil }
        return AccessToken(name: String(words[0]), digest: digest, scopes: Set(scopes.compactMap { $0 }))
    }

    private static func bytes(_ hex: Substring) -> [UInt8]? {
        let digits = hex.compactMap(\.hexDigitValue)
        guard digits.count == 64, hex.count == 64 else { return nil }
        return stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
