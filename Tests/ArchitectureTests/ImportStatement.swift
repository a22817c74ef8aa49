/// One `import` line of a Swift file.
struct ImportStatement {
    /// `nil` when it is not written, which means `internal` here.
    var access: String?
    var attributes: String
    var module: String

    /// `nil` for a line that imports nothing.
    init?(line: Substring) {
        // Matching every line of every file would take seconds.
        guard line.utf8.count < 200, line.contains("import ") else { return nil }
        let pattern =
            /^\s*((?:@\w+(?:\([^)]*\))?\s+)*)(?:(public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)/
        guard let match = line.firstMatch(of: pattern) else { return nil }
        attributes = String(match.1)
        access = match.2.map(String.init)
        module = String(match.3)
    }

    static func all(in file: Repository.File) -> [ImportStatement] {
        file.lines.compactMap { ImportStatement(line: $0) }
    }
}
