/// Why an artifact could not be written.
package struct ArtifactWriteError: Error, Hashable, CustomStringConvertible {
    package enum Cause: Sendable, Hashable {
        /// The path of the artifact leaves the output directory.
        case unsafePath
        case notADirectory
        case permissionDenied
        case diskFull
        case readOnly
        /// Anything else, with the system's number and words.
        case system(code: Int32, message: String)
    }

    /// The file or folder that could not be written.
    package var path: String
    package var cause: Cause

    package init(path: String, cause: Cause) {
        self.path = path
        self.cause = cause
    }

    package var description: String {
        let reason =
            switch cause {
            case .unsafePath: "the artifact's path leaves the output directory"
            case .notADirectory: "a file is in the way where a directory is needed; choose another --out"
            case .permissionDenied: "permission denied"
            case .diskFull: "no space left on the device"
            case .readOnly: "the file system is read-only"
            case .system(let code, let message): "\(message) (errno \(code))"
            }
        return "cannot write \(path): \(reason)"
    }
}
