/// Random texts nobody guesses, and their digests.
package enum SecretText {
    /// 256 bits of the system's randomness in lower-case hex, behind a prefix by which scanners of secrets find it.
    package static func token() -> String { "plim_" + random() }

    /// 256 bits of the system's randomness in lower-case hex.
    package static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<4).map { _ in hex(generator.next()) }.joined()
    }

    /// SHA-256 of its UTF-8 bytes.
    package static func digest(_ text: String) -> [UInt8] { ContentDigest.sha256(Array(text.utf8)) }

    /// Whether two digests are the same, in a time that does not tell where they differ.
    static func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// Two lower-case digits a byte.
    package static func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    private static func hex(_ word: UInt64) -> String {
        hex(withUnsafeBytes(of: word.bigEndian) { Array($0) })
    }
}
