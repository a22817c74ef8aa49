/// Why a file is no export that can be taken in; nothing of it was.
package enum BaselineTransferError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The first line is no header of ours.
    case notAnExport
    /// Written by a later version of Plimsoll.
    case unknownSchema(String)
    /// A line that cannot be read, 1-based.
    case brokenLine(Int, detail: String)
    /// Fewer or more runs than the header promises: the file was cut off or put together.
    case wrongCount(expected: Int, found: Int)

    package var description: String {
        switch self {
        case .notAnExport:
            "the file is no export of `plimsoll baseline export`: its first line is no header"
        case .unknownSchema(let found):
            "the export has schema \(found), this Plimsoll reads plimsoll-baseline/1: update Plimsoll"
        case .brokenLine(let line, let detail):
            "line \(line) of the export cannot be read: \(detail)"
        case .wrongCount(let expected, let found):
            "the export promises \(expected) runs and has \(found): it was cut off"
        }
    }
}
