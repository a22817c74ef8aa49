import Yams

/// Turns the scenarios of a `.feature` file into the steps of a flow: steps that name an HTTP call become requests, what
/// follows says what they send and expect.
struct FeatureReader {
    private static let example = "When I POST /checkout/submit"

    /// As the plan names it; also how its example rows are known to templates.
    let file: String
    let log: DiagnosticLog

    struct Flow {
        /// As `StepReader` takes them.
        var steps: [YAMLValue]
        /// That their templates name.
        var tables: [String: DataTable]
        /// Of the scenarios, each once.
        var tags: [String] = []
    }

    /// The requests of one scenario, or of all of them in turn; `nil` after errors.
    func flow(of text: String, scenario name: String?) -> Flow? {
        let all = GherkinParser.scenarios(of: text, log: log)
        var scenarios = all
        if let name {
            scenarios = all.filter { $0.name == name }
            if scenarios.isEmpty {
                log.error(
                    at: nil,
                    "has no scenario \(name.quoted); \(NearestWord.hint(for: name, among: all.map(\.name)))"
                )
                return nil
            }
        }
        var flow = Flow(steps: [], tables: [:])
        for scenario in scenarios {
            flow.tags += scenario.tags.filter { !flow.tags.contains($0) }
            guard let table = table(scenario, &flow.tables) else { return nil }
            for request in requests(of: scenario, table: table) {
                flow.steps.append(YAMLValue(node: request.node, name: "", log: log, origin: request.place))
            }
        }
        guard !flow.steps.isEmpty else {
            log.error(at: nil, "no step names an HTTP call; example: `\(Self.example)`")
            return nil
        }
        return flow
    }

    /// The name under which templates find the scenario's rows; empty for a plain scenario, `nil` after an error.
    private func table(_ scenario: GherkinScenario, _ tables: inout [String: DataTable]) -> String? {
        guard let columns = scenario.examples.first else { return "" }
        let rows = Array(scenario.examples.dropFirst())
        guard !rows.isEmpty, rows.allSatisfy({ $0.count == columns.count }) else {
            let place = Place(line: scenario.line, column: 1)
            log.error(at: place, "the examples of \(scenario.name.quoted) need rows as long as their first line")
            return nil
        }
        let name = file.replacing(" ", with: "_") + ":\(scenario.line)"
        tables[name] = DataTable(columns: columns, rows: rows)
        return name
    }

    private func requests(of scenario: GherkinScenario, table: String) -> [FeatureRequest] {
        var requests: [FeatureRequest] = []
        var headers: [(Node, Node)] = []
        var body: Node?
        for step in scenario.steps {
            let text = filled(step.text, scenario, table)
            let document = step.document.map { filled($0, scenario, table) }
            let phrase = FeaturePhrase(text)
            if case .call(let endpoint) = phrase {
                var request = FeatureRequest(endpoint: endpoint, place: step.place)
                request.headers = headers
                request.body = document.map(FeatureRequest.body) ?? body
                body = nil
                requests.append(request)
            } else if case .header(let name, let value) = phrase {
                headers.append((Node(name), Node.text(value)))
            } else if let document, text.contains(/(?i)\b(body|payload|json)\b/) {
                body = FeatureRequest.body(document)
            } else if requests.isEmpty || !requests[requests.count - 1].add(phrase) {
                log.warning(
                    at: step.place,
                    "has no effect: the step names no HTTP call, and nothing that is known of one"
                )
            }
        }
        return requests
    }

    /// `<item>` of an outline becomes the template of its column.
    private func filled(_ text: String, _ scenario: GherkinScenario, _ table: String) -> String {
        guard let columns = scenario.examples.first else { return text }
        return columns.reduce(text) { $0.replacing("<\($1)>", with: "{{csv \(table) \($1)}}") }
    }
}
