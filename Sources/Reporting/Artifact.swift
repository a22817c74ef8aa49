/// One file that a run leaves.
package struct Artifact: Sendable, Hashable {
    /// Relative to the output directory, with `/` between folders and no `..`.
    package var path: String
    package var contents: [UInt8]

    package init(path: String, contents: [UInt8]) {
        self.path = path
        self.contents = contents
    }

    package init(path: String, text: String) {
        self.init(path: path, contents: Array(text.utf8))
    }
}
