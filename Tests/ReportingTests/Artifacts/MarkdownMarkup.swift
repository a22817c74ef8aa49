/// What of a Markdown text a renderer would take for HTML: beyond code and escapes.
enum MarkdownMarkup {
    /// From each `<` that stands for itself, a few characters.
    static func tags(in markdown: String) -> [String] {
        markdown.split(separator: "\n").flatMap { tags(inLine: Array($0)) }
    }

    private static func tags(inLine line: [Character]) -> [String] {
        var tags: [String] = []
        var index = 0
        while index < line.count {
            switch line[index] {
            case "\\": index += 2
            case "`": index = endOfCode(in: line, from: index)
            case "<":
                tags.append(String(line[index..<min(index + 12, line.count)]))
                index += 1
            default: index += 1
            }
        }
        return tags
    }

    // A code span ends at a run of as many backticks; without one the backticks stand for themselves.
    private static func endOfCode(in line: [Character], from start: Int) -> Int {
        let length = line[start...].prefix { $0 == "`" }.count
        var index = start + length
        while index < line.count {
            let run = line[index...].prefix { $0 == "`" }.count
            if run == length { return index + run }
            index += max(1, run)
        }
        return start + length
    }
}
