import Yams

/// Turns the bytes of one file into a tree whose nodes know their place.
enum YAMLDocument {
    /// The root of the only document; `nil` after reporting why there is none.
    static func root(of bytes: [UInt8], log: DiagnosticLog, example: String) -> YAMLValue? {
        // Editors of Windows begin a file with a byte order mark, which libyaml takes for content.
        let isMarked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        guard let text = String(validating: isMarked ? bytes.dropFirst(3) : bytes[...], as: UTF8.self) else {
            log.error(at: nil, "not UTF-8 text; save the file as UTF-8")
            return nil
        }
        do {
            guard let node = try Yams.compose(yaml: text), !YAMLValue.isNull(node) else {
                log.error(at: nil, "the file is empty; it needs at least `\(example)`")
                return nil
            }
            return YAMLValue(node: node, name: "", log: log)
        } catch {
            report(error, in: text, to: log)
            return nil
        }
    }

    private static func report(_ error: any Error, in text: String, to log: DiagnosticLog) {
        switch error as? YamlError {
        case .scanner(let context, let problem, let mark, _),
            .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            log.error(at: Place(mark), "broken YAML: " + explanation(of: problem, context, on: mark.line, in: text))
        case .reader(let problem, let offset, let value, _):
            let place = offset.map { position(ofCharacter: $0, in: text) }
            let code = value >= 0 ? " (U+" + String(value, radix: 16, uppercase: true) + ")" : ""
            log.error(at: place, "broken YAML: \(problem)\(code)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            let keys = duplicates.map { "`\($0)`" }.joined(separator: ", ")
            log.error(at: Place(context.mark), "\(keys) is given more than once in one map; keep one of them")
        case .some(let other):
            log.error(at: nil, "broken YAML: \(other)")
        case nil:
            log.error(at: nil, "cannot be read as YAML: \(error)")
        }
    }

    private static func explanation(
        of problem: String,
        _ context: YamlError.Context?,
        on number: Int,
        in text: String
    ) -> String {
        let line = line(number, of: text)
        if line.prefix(while: { $0 == " " || $0 == "\t" }).contains("\t") {
            return "the line is indented with a tab; YAML wants spaces"
        }
        if problem.hasPrefix("Maximum nesting level") { return "it is nested more than 1,000 levels deep" }
        var words = problem
        if let context { words = "\(context.text) from line \(context.mark.line), \(words)" }
        // libyaml's answer to a wrong indentation, which says nothing to people.
        if problem == "did not find expected key" || problem == "did not find expected '-' indicator" {
            words += " (is the line indented like its neighbours?)"
        }
        return words
    }

    private static func line(_ number: Int, of text: String) -> Substring {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.indices.contains(number - 1) ? lines[number - 1] : ""
    }

    private static func position(ofCharacter offset: Int, in text: String) -> Place {
        let before = text.prefix(offset)
        let line = before.count { $0.isNewline } + 1
        let column = before.reversed().prefix { !$0.isNewline }.count + 1
        return Place(line: line, column: column)
    }
}

extension Place {
    init(_ mark: Mark) {
        self.init(line: mark.line, column: mark.column)
    }
}
