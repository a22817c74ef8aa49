/// Why a compressed body could not be inflated.
enum InflateError: Error, Hashable {
    /// Not the format the header announced, damaged, or followed by something else.
    case malformed
    /// The stream ended before its trailer.
    case truncated
    /// More than the limit would come out.
    case tooLarge
    /// The caller had no room for the next bytes.
    case noRoom
    /// zlib could not be set up.
    case unavailable
}
