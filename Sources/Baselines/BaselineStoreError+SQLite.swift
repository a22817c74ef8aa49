import GRDB

extension BaselineStoreError {
    /// Sorts what SQLite, or decoding, says into what a person can do about it.
    init(_ error: any Error, path: String, operation: String) {
        switch error {
        case let error as BaselineStoreError:
            self = error
        case let error as DatabaseError:
            let detail = (error.message ?? "SQLite error \(error.extendedResultCode.rawValue)").onOneLine
            self =
                switch error.resultCode {
                case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damaged(path: path, detail: detail)
                case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(path: path)
                case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM: .unusable(path: path, reason: detail)
                default: .failed(path: path, operation: operation, detail: detail)
                }
        default:
            self = .failed(path: path, operation: operation, detail: "\(error)".onOneLine)
        }
    }
}

extension String {
    var onOneLine: String {
        split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
