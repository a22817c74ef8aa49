import Foundation

/// Why the system refused something, in its own few words: `Permission denied`.
///
/// Foundation's sentences are long, and some name nothing but their own error domains.
package enum SystemReason {
    /// The words for an error of Foundation or of the system; another's own description.
    package static func text(of error: any Error) -> String {
        let error = error as NSError
        if error.domain == NSPOSIXErrorDomain { return words(Int32(truncatingIfNeeded: error.code)) }
        if let cause = error.userInfo[NSUnderlyingErrorKey] as? any Error { return text(of: cause) }
        guard error.domain == NSCocoaErrorDomain else { return "\(error.localizedDescription)" }
        return switch CocoaError.Code(rawValue: error.code) {
        case .fileNoSuchFile, .fileReadNoSuchFile: words(ENOENT)
        case .fileReadNoPermission, .fileWriteNoPermission: words(EACCES)
        case .fileWriteOutOfSpace: words(ENOSPC)
        case .fileWriteVolumeReadOnly: words(EROFS)
        case .fileWriteFileExists: words(EEXIST)
        case .fileReadTooLarge: words(EFBIG)
        case .fileReadInvalidFileName, .fileWriteInvalidFileName: "the name is no file's"
        case .fileReadUnknown: "it is no file that can be read"
        default: error.localizedDescription
        }
    }

    private static func words(_ code: Int32) -> String { String(cString: strerror(code)) }
}
