/// The keys a map may have.
struct KnownKeys {
    var known: [String]
    /// Keys of the format that this version does not act on; each is answered with a warning that says so.
    var unread: [String] = []
    /// Keys that belong elsewhere, with where.
    var misplaced: [String: String] = [:]
}
