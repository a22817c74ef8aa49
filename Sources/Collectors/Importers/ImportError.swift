import Curl

/// Why a file or a backend's answer brought no traces.
package enum ImportError: Error, Hashable {
    /// None of the formats that are read; with the first characters of it.
    case unknownFormat(beginning: String)
    case malformed(TraceFormat, reason: String)
    case tooLarge(limit: Int)
    /// It begins like gzip or zstd but cannot be decompressed.
    case damaged(String)
    /// A backend did not answer, or not with what it should.
    case backend(String)
}

extension ImportError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownFormat(let beginning):
            "this is no trace file that can be read (\(TraceFormat.allCases.map(\.title).joined(separator: ", "))); "
                + "it begins with \(beginning.debugDescription)"
        case .malformed(let format, let reason): "this looks like \(format.title), but \(reason)"
        case .damaged(let reason): "it cannot be decompressed: \(reason)"
        case .tooLarge(let limit): "more than \(limit) bytes"
        case .backend(let reason): reason
        }
    }
}
