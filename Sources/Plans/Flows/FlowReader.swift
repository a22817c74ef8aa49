import FoundationEssentials

/// Finds the steps of a composite test: its own, those of a business flow, or those of a Gherkin feature.
struct FlowReader {
    private static let sourceKeys = ["steps", "flow", "feature"]

    let sources: PlanSources
    let target: TargetReader.Target
    /// Of each request whose step gives none.
    let timeout: Duration

    /// Whether a test sends several requests in turn.
    static func isFlow(_ test: YAMLMap) -> Bool {
        sourceKeys.contains { test[$0] != nil } || test["type"]?.scalarText == TestType.composite.rawValue
    }

    /// What a test sends, and the features it belongs to.
    struct Flow {
        var steps: [FlowStep]
        var tags: [String] = []
    }

    /// `nil` after errors.
    func flow(_ test: YAMLMap, type: TestType?) -> Flow? {
        let given = Self.sourceKeys.filter { test[$0] != nil }
        if let type, type != .composite {
            for key in given { test[key]?.error("only a test of `type: composite` has steps") }
            return nil
        }
        for key in ["endpoint", "body", "expect"] {
            test[key]?.warning("has no effect: each of the `steps` has its own")
        }
        if given.count > 1, let extra = test[given[1]] {
            extra.error("`\(given[0])` gives the steps too; keep one of them")
            return nil
        }
        if let flow = test["flow"] { return ofFlow(flow, test) }
        if let feature = test["feature"] { return ofFeature(feature, test) }
        return test.required("steps", example: StepReader.example).flatMap { reader(test).steps($0) }.map {
            Flow(steps: $0)
        }
    }

    private func ofFlow(_ value: YAMLValue, _ test: YAMLMap) -> Flow? {
        guard let name = value.text(example: "flow: checkout") else { return nil }
        guard let steps = sources.flows.steps[name] else {
            let known = sources.flows.steps.keys.sorted()
            let hint = known.isEmpty ? "it names none" : NearestWord.hint(for: name, among: known)
            value.error("trace.plan.yaml has no flow \(name.quoted); \(hint)")
            return nil
        }
        return reader(test).steps(steps).map { Flow(steps: $0, tags: sources.flows.features[name] ?? []) }
    }

    private func ofFeature(_ value: YAMLValue, _ test: YAMLMap) -> Flow? {
        let example = "feature: checkout.feature"
        guard let file = value.text(example: example), let bytes = sources.files.contents(value, example: example)
        else { return nil }
        let log = sources.log(ofFeature: file, shownPrefix: sources.files.shownPrefix)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            log.error(at: nil, "not UTF-8 text; save the file as UTF-8")
            return nil
        }
        let scenario = test["scenario"]?.text(example: "scenario: buy one book")
        guard let flow = FeatureReader(file: file, log: log).flow(of: text, scenario: scenario) else {
            // The plan's own log must know, too, that there is no such test.
            value.error("gives no steps; see what is wrong with \(file.quoted)")
            return nil
        }
        sources.add(flow.tables)
        return reader(test).steps(flow.steps, of: value).map { Flow(steps: $0, tags: flow.tags) }
    }

    private func reader(_ test: YAMLMap) -> StepReader {
        StepReader(
            sources: sources,
            target: target,
            headers: test.section("headers"),
            auth: test.section("auth"),
            cookies: test.section("cookies"),
            timeout: timeout
        )
    }
}
