/// A `Content-Encoding` the receivers understand.
enum ContentCoding: Sendable, Hashable {
    case identity
    case gzip
    /// What HTTP calls `deflate`: the zlib format of RFC 1950, which Python's SDK sends.
    case deflate
    case zstd

    /// For `Accept-Encoding`.
    static let supported = "gzip, deflate, zstd, identity"

    /// Reads the header's value in any case; `nil` for a coding, or a chain of codings, that is not supported.
    init?(header: String?) {
        switch header?.lowercased() {
        case nil, "", "identity": self = .identity
        case "gzip", "x-gzip": self = .gzip
        case "deflate", "zlib": self = .deflate
        case "zstd": self = .zstd
        default: return nil
        }
    }
}
