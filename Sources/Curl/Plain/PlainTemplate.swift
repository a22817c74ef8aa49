/// The bytes of a template's requests that are the same for all of them, in HTTP/1.1's own form.
///
/// Only for templates that need nothing of libcurl: plain `http`, no proxy, no redirects to follow, no cookies and
/// nothing of the answer to be kept.
final class PlainTemplate {
    let isHead: Bool
    let sendsLength: Bool
    /// Nanoseconds.
    let timeout: UInt64
    let addresses: [SocketAddress]
    let variableLines: [[UInt8]]
    let body: [UInt8]
    /// `METHOD `, with the space.
    let method: [UInt8]
    /// From the path on; `nil` where it cannot be sent as it is.
    let target: [UInt8]
    /// From the space behind the target to the last fixed header line, line end included.
    let fixedLines: [UInt8]
    private let origin: [UInt8]

    /// `nil` for a template that libcurl must carry.
    init?(_ template: TransferTemplate) {
        let connection = template.connection
        guard connection.version == .http1, connection.keepsAlive, connection.unixSocket == nil,
            connection.proxy == nil, template.redirects == nil, template.capture == nil, template.cookie == nil,
            let address = template.address, template.url.hasPrefix("http://"),
            let url = try? TargetURL(template.url)
        else { return nil }
        let names = Set((template.headers + template.variableHeaders).map { $0.name.lowercased() })
        // What asks for more than a request and an answer, or sets the framing itself, is libcurl's.
        guard names.isDisjoint(with: ["expect", "transfer-encoding", "content-length", "connection", "upgrade", "te"])
        else { return nil }
        addresses = address.addresses.compactMap { SocketAddress($0, port: address.port) }
        guard !addresses.isEmpty else { return nil }

        let authority = template.url.utf8.dropFirst(7).prefix { !"/?#".utf8.contains($0) }
        // Credentials in the address become a header, which libcurl makes.
        guard !authority.contains(UInt8(ascii: "@")) else { return nil }
        origin = Array("http://".utf8) + authority
        guard let target = PlainTemplate.target(Array(template.url.utf8), origin: origin) else { return nil }
        self.target = target
        isHead = template.method == "HEAD"
        method = Array("\(template.method) ".utf8)
        sendsLength = !template.body.isEmpty || ["POST", "PUT", "PATCH"].contains(template.method)
        body = template.body
        timeout = UInt64(max(.milliseconds(1), template.timeout) / .nanoseconds(1))
        variableLines = template.variableHeaders.map { PlainTemplate.line($0) }
        var lines = " HTTP/1.1\r\n"
        if !names.contains("host") {
            let host = url.host.contains(":") ? "[\(url.host)]" : url.host
            lines += "Host: \(host)\(url.port == 80 ? "" : ":\(url.port)")\r\n"
        }
        if !names.contains("accept") { lines += "Accept: */*\r\n" }
        fixedLines = Array(lines.utf8) + template.headers.flatMap { PlainTemplate.line($0) + [0x0D, 0x0A] }
    }

    /// What stands in the request line for a URL; `nil` for one of another server, or with bytes that may not be sent.
    func target(of url: [UInt8]) -> [UInt8]? { PlainTemplate.target(url, origin: origin) }

    private static func line(_ header: HTTPHeader) -> [UInt8] {
        Array((header.value.isEmpty ? "\(header.name):" : "\(header.name): \(header.value)").utf8)
    }

    private static func target(_ url: [UInt8], origin: [UInt8]) -> [UInt8]? {
        guard url.starts(with: origin) else { return nil }
        let rest = url[origin.count...].prefix { $0 != UInt8(ascii: "#") }
        guard rest.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !hasDotSegments(rest) else { return nil }
        switch rest.first {
        case nil: return [UInt8(ascii: "/")]
        case UInt8(ascii: "/"): return Array(rest)
        case UInt8(ascii: "?"): return [UInt8(ascii: "/")] + rest
        default: return nil
        }
    }

    // libcurl takes `.` and `..` out of paths; so does nobody here.
    private static func hasDotSegments(_ target: ArraySlice<UInt8>) -> Bool {
        let path = target.prefix { $0 != UInt8(ascii: "?") }
        return path.split(separator: UInt8(ascii: "/")).contains {
            $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8)
        }
    }
}
