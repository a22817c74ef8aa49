/// Names and addresses that lead to this machine from itself only.
package enum Loopback {
    /// Takes `localhost`, names below it, and addresses, of IPv6 with or without brackets; no port.
    package static func contains(_ host: String) -> Bool {
        let host = host.lowercased()
        return host == "localhost" || host.hasSuffix(".localhost") || host == "::1" || host == "[::1]"
            || isAddress(host)
    }

    /// An address, not a name that only begins like one (`127.0.0.1.example.org`).
    private static func isAddress(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
