import Glibc

/// The addresses of a target, looked up once so that no lookup falls into the measurement.
package struct PinnedAddress: Sendable, Hashable {
    /// As `CURLOPT_RESOLVE` takes it: `host:port:address,address`.
    let entry: String
    /// Numeric, IPv6 ones in brackets; at least one.
    let addresses: [String]
    let port: Int

    /// Blocks for the lookup.
    ///
    /// `nil` when the name has no address (each request then fails with libcurl's own words).
    package init?(_ url: TargetURL) {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_family = AF_UNSPEC
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(url.host, String(url.port), &hints, &list) == 0, let list else { return nil }
        defer { freeaddrinfo(list) }

        var all: [String] = []
        var reachable: [String] = []
        for info in sequence(first: list, next: { $0.pointee.ai_next }) {
            var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let code = getnameinfo(
                info.pointee.ai_addr,
                info.pointee.ai_addrlen,
                &name,
                socklen_t(name.count),
                nil,
                0,
                NI_NUMERICHOST
            )
            guard code == 0 else { continue }
            let text = name.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
            let address = text.contains(":") ? "[\(text)]" : text
            all.append(address)
            if PinnedAddress.hasRoute(to: info.pointee) { reachable.append(address) }
        }
        guard !all.isEmpty else { return nil }
        addresses = reachable.isEmpty ? all : reachable
        // libcurl looks IPv6 literals up under the name in brackets.
        let host = url.host.contains(":") ? "[\(url.host)]" : url.host
        port = url.port
        entry = "\(host):\(url.port):\(addresses.joined(separator: ","))"
    }

    // A datagram socket connects without sending a packet; without it a machine that lacks IPv6 would report a local
    // error (EADDRNOTAVAIL) for a target that merely refuses on IPv4.
    private static func hasRoute(to info: addrinfo) -> Bool {
        let probe = socket(info.ai_family, Int32(SOCK_DGRAM.rawValue), 0)
        guard probe >= 0 else { return false }
        defer { close(probe) }
        return connect(probe, info.ai_addr, info.ai_addrlen) == 0
    }
}
