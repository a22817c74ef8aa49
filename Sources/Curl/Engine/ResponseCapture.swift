/// Keeps one answer while it comes in.
final class ResponseCapture {
    private(set) var headers: [HTTPHeader] = []
    private(set) var body: [UInt8] = []
    private(set) var isTooLarge = false
    private let limit: Int
    private let truncates: Bool
    private var headerBytes = 0
    private static let headerLimit = 256 << 10

    /// `truncates` reads a longer body to its end without keeping it; otherwise it ends the transfer.
    init(limit: Int, truncates: Bool = false) {
        self.limit = limit
        self.truncates = truncates
    }

    /// Takes one header line; a status line starts over, because interim answers come before the real one.
    func appendHeader(_ line: UnsafeRawBufferPointer) {
        headerBytes += line.count
        guard headerBytes <= ResponseCapture.headerLimit else { return }
        let text = String(decoding: line, as: UTF8.self)
        if text.hasPrefix("HTTP/") {
            headers.removeAll()
        } else if let colon = text.firstIndex(of: ":") {
            let value = text[text.index(after: colon)...]
            headers.append(HTTPHeader(name: String(text[..<colon]), value: ResponseCapture.trimmed(value)))
        }
    }

    /// False when the body is longer than the limit, which ends the transfer.
    func appendBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard body.count + bytes.count <= limit else {
            isTooLarge = true
            body.append(contentsOf: bytes.prefix(max(0, limit - body.count)))
            return truncates
        }
        body.append(contentsOf: bytes)
        return true
    }

    private static func trimmed(_ text: Substring) -> String {
        var rest = text
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        return String(rest)
    }
}
