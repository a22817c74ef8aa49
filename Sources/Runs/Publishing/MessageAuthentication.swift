import Authentication

/// HMAC (RFC 2104) over SHA-256.
enum MessageAuthentication {
    private static let blockBytes = 64

    static func sha256(key: [UInt8], message: [UInt8]) -> [UInt8] {
        var padded = key.count > blockBytes ? ContentDigest.sha256(key) : key
        padded += [UInt8](repeating: 0, count: blockBytes - padded.count)
        let inner = ContentDigest.sha256(padded.map { $0 ^ 0x36 } + message)
        return ContentDigest.sha256(padded.map { $0 ^ 0x5C } + inner)
    }
}
