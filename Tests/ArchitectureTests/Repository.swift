import Foundation

/// The checked-out repository, as the tests of this target read it.
enum Repository {
    /// One text file.
    struct File: Sendable, CustomStringConvertible {
        /// Relative to the root, with `/`.
        let path: String
        let text: String

        var description: String { path }
        var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
        var name: String { String(path.split(separator: "/").last ?? "") }
        /// The folder below `Sources` or `Tests`, which is the target's name.
        var target: String {
            let parts = path.split(separator: "/")
            return parts.count > 1 ? String(parts[1]) : ""
        }
    }

    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Files under `folder` that end in one of `extensions`, in order of their paths; none when it does not exist.
    static func files(under folder: String, extensions: Set<String> = ["swift"]) throws -> [File] {
        let start = root.appending(path: folder)
        guard let walk = FileManager.default.enumerator(at: start, includingPropertiesForKeys: nil) else { return [] }
        let urls = walk.compactMap { $0 as? URL }.filter { extensions.contains($0.pathExtension) }
        return try urls.map { url in
            let path = folder + url.path.dropFirst(start.path.count)
            return File(path: path, text: try String(contentsOf: url, encoding: .utf8))
        }.sorted { $0.path < $1.path }
    }

    static func text(of path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// Names at the top of the repository.
    static func topLevel() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.path).sorted()
    }
}
