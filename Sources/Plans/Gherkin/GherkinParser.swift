/// Splits a `.feature` file into scenarios; what a step means is `FeatureReader`'s business.
struct GherkinParser {
    private static let stepKeywords = ["Given ", "When ", "Then ", "And ", "But ", "* "]

    private let log: DiagnosticLog
    private var background: [GherkinStep] = []
    private var scenarios: [GherkinScenario] = []
    private var isInBackground = false
    private var isInExamples = false
    private var featureTags: [String] = []
    /// Of the heading that comes next.
    private var tags: [String] = []
    /// Of the lines between `"""`, with how far its first one is indented.
    private var document: (lines: [Substring], indent: Int, fence: String, line: Int)?

    static func scenarios(of text: String, log: DiagnosticLog) -> [GherkinScenario] {
        var parser = GherkinParser(log: log)
        for (index, line) in text.split(separator: /\r?\n/, omittingEmptySubsequences: false).enumerated() {
            parser.read(line, number: index + 1)
        }
        if let open = parser.document {
            log.error(
                at: Place(line: open.line, column: open.indent + 1),
                "the text is not closed with `\(open.fence)`"
            )
        }
        return parser.scenarios.map { scenario in
            var scenario = scenario
            scenario.steps = parser.background + scenario.steps
            return scenario
        }
    }

    private init(log: DiagnosticLog) {
        self.log = log
    }

    private mutating func read(_ line: Substring, number: Int) {
        let indent = line.prefix { $0 == " " || $0 == "\t" }.count
        let content = line.dropFirst(indent)
        if document != nil { return readDocument(line, content) }
        for fence in ["\"\"\"", "```"] where content.hasPrefix(fence) {
            document = ([], indent, fence, number)
            return
        }
        if content.isEmpty || content.hasPrefix("#") { return }
        if content.hasPrefix("@") { return readTags(content) }
        if content.hasPrefix("|") { return readRow(content) }
        if let keyword = Self.stepKeywords.first(where: content.hasPrefix) {
            let step = GherkinStep(
                text: String(content.dropFirst(keyword.count)),
                place: Place(line: number, column: indent + 1)
            )
            return isInBackground ? background.append(step) : append(step)
        }
        readHeading(content, number: number)
    }

    private mutating func readHeading(_ content: Substring, number: Int) {
        guard let colon = content.firstIndex(of: ":") else { return }
        let name = content[content.index(after: colon)...].drop { $0 == " " }
        isInExamples = false
        defer { tags = [] }
        switch content[..<colon] {
        case "Feature": featureTags = tags
        case "Background": isInBackground = true
        case "Scenario", "Example", "Scenario Outline", "Scenario Template":
            isInBackground = false
            scenarios.append(GherkinScenario(name: String(name).onOneLine, tags: featureTags + tags, line: number))
        case "Examples", "Scenarios": isInExamples = true
        default: break
        }
    }

    /// `@smoke @checkout`, up to a comment; the tags of a table of examples are of no use here.
    private mutating func readTags(_ content: Substring) {
        let words = content.prefix { $0 != "#" }.split { $0 == " " || $0 == "\t" || $0 == "@" }
        tags += words.map { String($0).onOneLine }
    }

    private mutating func append(_ step: GherkinStep) {
        guard !scenarios.isEmpty else {
            log.warning(at: step.place, "the step stands before any scenario and has no effect")
            return
        }
        scenarios[scenarios.count - 1].steps.append(step)
    }

    private mutating func readRow(_ content: Substring) {
        guard isInExamples, !scenarios.isEmpty else { return }
        let cells = content.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
            .map { String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
        let index = scenarios.count - 1
        // A second table of examples repeats the column names.
        if scenarios[index].examples.first != cells { scenarios[index].examples.append(cells) }
    }

    private mutating func readDocument(_ line: Substring, _ content: Substring) {
        guard let open = document else { return }
        guard content.hasPrefix(open.fence) else {
            let spaces = line.prefix(open.indent).prefix { $0 == " " || $0 == "\t" }.count
            document?.lines.append(line.dropFirst(spaces))
            return
        }
        document = nil
        let text = open.lines.joined(separator: "\n")
        if isInBackground {
            if !background.isEmpty { background[background.count - 1].document = text }
        } else if let last = scenarios.last, !last.steps.isEmpty {
            scenarios[scenarios.count - 1].steps[last.steps.count - 1].document = text
        }
    }
}
