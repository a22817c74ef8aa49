import Glibc

/// Puts artifacts into a directory.
///
/// A file is written beside its final name, synced and renamed, so a reader sees the old file or the new one and never
/// half of one. Blocking; call it from a place that may wait for a disk.
package struct ArtifactWriter: Sendable {
    private let directory: String

    /// `directory` is created with its parents when missing.
    package init(directory: String) {
        self.directory = directory
    }

    /// Creates the directory, and finds out before hours of measuring whether it may be written.
    package func prepare() throws(ArtifactWriteError) {
        try create(directory)
        guard access(directory, W_OK | X_OK) == 0 else {
            throw ArtifactWriteError(path: directory, cause: cause(errno))
        }
    }

    /// Stops at the first artifact that cannot be written; those before it stay.
    package func write(_ artifacts: [Artifact]) throws(ArtifactWriteError) {
        try create(directory)
        for artifact in artifacts {
            let parts = artifact.path.split(separator: "/", omittingEmptySubsequences: false)
            guard !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." || $0.utf8.contains(0) }) else {
                throw ArtifactWriteError(path: artifact.path, cause: .unsafePath)
            }
            let folder = ([Substring(directory)] + parts.dropLast()).joined(separator: "/")
            if parts.count > 1 { try create(folder) }
            try replace(folder + "/" + parts[parts.count - 1], with: artifact.contents)
        }
        sync(directory)
    }

    /// Takes away what an earlier report left there and this one has not, such as an alert; what cannot go stays.
    package func remove(_ paths: [String]) {
        for path in paths where !path.split(separator: "/").contains("..") { unlink(directory + "/" + path) }
    }

    private func create(_ path: String) throws(ArtifactWriteError) {
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            made += made.isEmpty || made.hasSuffix("/") ? String(part) : "/" + part
            guard mkdir(made, 0o755) != 0 else { continue }
            let code = errno
            var status = stat()
            let exists = stat(made, &status) == 0
            if exists, status.st_mode & S_IFMT == S_IFDIR { continue }
            throw ArtifactWriteError(path: made, cause: exists ? .notADirectory : cause(code))
        }
    }

    private func replace(_ path: String, with contents: [UInt8]) throws(ArtifactWriteError) {
        // The process id keeps two runs that write to one directory out of each other's temporary files.
        let temporary = path + ".\(getpid()).tmp"
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw ArtifactWriteError(path: path, cause: cause(errno)) }
        var failure = fill(file, with: contents)
        if failure == 0, fsync(file) != 0 { failure = errno }
        if close(file) != 0, failure == 0 { failure = errno }
        if failure == 0, rename(temporary, path) != 0 { failure = errno }
        guard failure == 0 else {
            unlink(temporary)
            throw ArtifactWriteError(path: path, cause: cause(failure))
        }
    }

    /// 0, or the error number.
    private func fill(_ file: Int32, with contents: [UInt8]) -> Int32 {
        var written = 0
        while written < contents.count {
            let count = contents.withUnsafeBytes { bytes in
                Glibc.write(file, bytes.baseAddress.map { $0 + written }, bytes.count - written)
            }
            if count > 0 {
                written += count
            } else if count == 0 || errno != EINTR {
                return count == 0 ? ENOSPC : errno
            }
        }
        return 0
    }

    // A rename is durable only once its directory is; where that is not supported the files are still whole.
    private func sync(_ path: String) {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    private func cause(_ code: Int32) -> ArtifactWriteError.Cause {
        switch code {
        case ENOTDIR, EEXIST, EISDIR: .notADirectory
        case EACCES, EPERM: .permissionDenied
        case ENOSPC, EDQUOT: .diskFull
        case EROFS: .readOnly
        default: .system(code: code, message: String(cString: strerror(code)))
        }
    }
}
