/// Why the store cannot be used, in one line; the file is left as it was.
package enum BaselineStoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Not a SQLite file, or one whose pages are broken.
    case damaged(path: String, detail: String)
    /// Written by a later version of Plimsoll.
    case newerSchema(path: String, found: String)
    /// The folder is missing or may not be written, or the path names a folder.
    case unusable(path: String, reason: String)
    /// Another process held the file for longer than the busy timeout.
    case busy(path: String)
    /// What was to be stored breaks a rule, told in words; nothing was written.
    case refused(String)
    /// A row that cannot be read back, or any other failure of one operation.
    case failed(path: String, operation: String, detail: String)

    package var description: String {
        switch self {
        case .damaged(let path, let detail):
            "baseline store \(path) is damaged (\(detail)): restore a copy, or name another file with --store"
        case .newerSchema(let path, let found):
            "baseline store \(path) was written by a newer Plimsoll (\(found)): update Plimsoll, or name another file with --store"
        case .unusable(let path, let reason):
            "baseline store \(path) cannot be opened: \(reason)"
        case .busy(let path):
            "baseline store \(path) is locked by another process for more than 5 s: try again, or stop that process"
        case .refused(let reason): reason
        case .failed(let path, let operation, let detail):
            "baseline store \(path): \(operation) failed: \(detail)"
        }
    }
}
