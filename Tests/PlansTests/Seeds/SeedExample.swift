import Foundation
import Testing

/// A YAML or JSON example of the texts this product was specified in.
///
/// The copies at hand have lost their code fences and the indentation of YAML; both are restored here, the words are as
/// written.
struct SeedExample: Sendable, CustomTestStringConvertible {
    /// The nearest line above it that is no part of an example, such as `Example: perf-thresholds.yaml`.
    let heading: String
    let lines: [String]
    let line: Int

    var testDescription: String { "line \(line): \(heading.prefix(60))" }
    var isJSON: Bool { lines[0].hasPrefix("{") || lines[0].hasPrefix("\"") }

    /// With its structure restored.
    var text: String {
        guard isJSON else { return SeedIndentation.restored(lines).joined(separator: "\n") }
        let joined = lines.joined(separator: "\n")
        return joined.hasPrefix("{") ? joined : "{" + joined + "}"
    }

    static let folder = URL(filePath: #filePath)
        .appending(path: "../../../../../shared/seeds").standardized.path

    static var isThere: Bool { FileManager.default.fileExists(atPath: folder) }

    /// Every example of every text, in written order.
    static let all: [SeedExample] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return files.sorted().flatMap { file -> [SeedExample] in
            let text = (try? String(contentsOfFile: folder + "/" + file, encoding: .utf8)) ?? ""
            return examples(of: text.components(separatedBy: "\n"))
        }
    }()

    private static func examples(of lines: [String]) -> [SeedExample] {
        var examples: [SeedExample] = []
        var heading = ""
        var index = 0
        while index < lines.count {
            let end = endOfJSON(lines, from: index) ?? endOfYAML(lines, from: index)
            if let end {
                examples.append(SeedExample(heading: heading, lines: Array(lines[index..<end]), line: index + 1))
                index = end
            } else {
                heading = lines[index]
                index += 1
            }
        }
        return examples
    }

    private static func endOfJSON(_ lines: [String], from start: Int) -> Int? {
        guard lines[start] == "{" || lines[start].wholeMatch(of: /"\w+": \{/) != nil else { return nil }
        var depth = 0
        for index in start..<lines.count {
            depth += lines[index].count { $0 == "{" } - lines[index].count { $0 == "}" }
            if depth == 0 { return index + 1 }
        }
        return nil
    }

    /// Three lines and more of keys and list items, the first of them a key.
    private static func endOfYAML(_ lines: [String], from start: Int) -> Int? {
        let key = /(- )?[a-z]\w*:( .*)?/
        guard lines[start].wholeMatch(of: key) != nil else { return nil }
        let end = lines[start...].firstIndex { $0.wholeMatch(of: key) == nil && !$0.hasPrefix("- ") } ?? lines.count
        // Items below a key that has a value are prose: "Preview tile updates to include: …".
        let isProse = !lines[start].hasPrefix("- ") && !lines[start].hasSuffix(":") && lines[start + 1].hasPrefix("- ")
        return end - start >= 3 && !isProse ? end : nil
    }
}
