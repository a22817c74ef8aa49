import FoundationEssentials
import Glibc

/// A folder for this process's database, gone with the process.
final class ScratchFolder: Sendable {
    private static let prefix = "plimsoll-shop-"

    private let url: String

    /// Makes the folder, and removes those of shops that died without tidying up.
    init() throws {
        let parent = FileManager.default.temporaryDirectory.path
        Self.removeOrphans(in: parent)
        url = "\(parent)/\(Self.prefix)\(getpid())"
        try FileManager.default.createDirectory(atPath: url, withIntermediateDirectories: true)
    }

    deinit {
        remove()
    }

    func path(for file: String) -> String { "\(url)/\(file)" }

    func remove() {
        try? FileManager.default.removeItem(atPath: url)
    }

    private static func removeOrphans(in parent: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] {
            guard name.hasPrefix(prefix), let owner = pid_t(name.dropFirst(prefix.count)) else { continue }
            // Only where no such process exists; a folder of another user is not ours to judge.
            guard kill(owner, 0) != 0, errno == ESRCH else { continue }
            try? FileManager.default.removeItem(atPath: "\(parent)/\(name)")
        }
    }
}
