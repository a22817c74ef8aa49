import Glibc
import Synchronization

/// The tokens of a file, read again when it changes.
///
/// Safe to use from any thread. Equal to itself only.
package final class TokenBook: Sendable {
    /// What tells one state of a file from another; a file that is replaced has another number.
    private struct Mark: Equatable {
        var file: UInt
        var size: Int
        var seconds: Int
        var nanoseconds: Int
    }

    private struct State {
        var tokens: [AccessToken]
        var mark: Mark?
    }

    package let path: String
    private let state: Mutex<State>

    /// Throws what `TokenFile.read` throws.
    package init(path: String) throws(TokenFile.Failure) {
        self.path = path
        let mark = TokenBook.mark(path)
        state = Mutex(State(tokens: try TokenFile.read(path), mark: mark))
    }

    package var tokens: [AccessToken] { state.withLock { $0.tokens } }

    /// Looks at the file, and reads it where it is another than before; true when it was read.
    ///
    /// Throws for what cannot be used, once for each change; the tokens of before stay.
    package func refresh() throws(TokenFile.Failure) -> Bool {
        let mark = TokenBook.mark(path)
        let isNew = state.withLock { state in
            defer { state.mark = mark }
            return state.mark != mark
        }
        guard isNew else { return false }
        let tokens = try TokenFile.read(path)
        state.withLock { $0.tokens = tokens }
        return true
    }

    private static func mark(_ path: String) -> Mark? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Mark(
            file: status.st_ino,
            size: status.st_size,
            seconds: status.st_mtim.tv_sec,
            nanoseconds: status.st_mtim.tv_nsec
        )
    }
}

extension TokenBook: Hashable {
    package static func == (left: TokenBook, right: TokenBook) -> Bool { left === right }

    package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
