/// Who may send: anyone, or whoever shows one of these.
package struct Access: Sendable, Hashable {
    /// For `Authorization: Bearer TOKEN`.
    package var bearerTokens: [String]
    /// `name:password`, for `Authorization: Basic …`.
    package var basicCredentials: [String]

    package init(bearerTokens: [String] = [], basicCredentials: [String] = []) {
        self.bearerTokens = bearerTokens
        self.basicCredentials = basicCredentials
    }

    package var isOpen: Bool { bearerTokens.isEmpty && basicCredentials.isEmpty }

    /// What a client without access is told to show.
    var challenge: String { bearerTokens.isEmpty ? #"Basic realm="plimsoll""# : "Bearer" }

    /// Whether the value of an `Authorization` header opens the receiver.
    ///
    /// Every secret is compared to its end, so that the time taken says nothing of how much of one was right.
    func admits(_ header: String?) -> Bool {
        guard !isOpen else { return true }
        guard let header, let space = header.firstIndex(of: " ") else { return false }
        let shown = Array(header[space...].utf8.drop { $0 == 0x20 })
        let known: [[UInt8]]
        switch header[..<space].lowercased() {
        case "bearer": known = bearerTokens.map { Array($0.utf8) }
        case "basic": known = basicCredentials.map { Base64.bytes(Array($0.utf8)) }
        default: return false
        }
        var isAdmitted = false
        for secret in known where Access.isEqual(secret, shown) { isAdmitted = true }
        return isAdmitted
    }

    private static func isEqual(_ secret: [UInt8], _ shown: [UInt8]) -> Bool {
        var difference = secret.count ^ shown.count
        for index in secret.indices {
            difference |= Int(secret[index] ^ (index < shown.count ? shown[index] : ~secret[index]))
        }
        return difference == 0
    }
}
