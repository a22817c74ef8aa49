/// `trace.plan.yaml`: business flows by name, for tests that say `flow: checkout`.
struct FlowCatalogue {
    static let example = "flows: [{ name: checkout, feature: Checkout, steps: [POST /login, GET /cart] }]"

    /// Their steps are read with the test that runs them: headers and timeouts are the test's.
    private(set) var steps: [String: YAMLValue] = [:]
    /// The features that each belongs to.
    private(set) var features: [String: [String]] = [:]

    init() {}

    init?(_ root: YAMLValue) {
        let keys = KnownKeys(known: ["traceId", "module", "moduleId", "editionId", "flows"])
        guard let map = root.map(keys, example: Self.example),
            let flows = map.required("flows", example: Self.example)
        else { return nil }
        for (name, value) in flows.isList ? Self.listed(flows) : flows.entries(example: Self.example) ?? [] {
            guard let list = Self.steps(value) else { continue }
            features[name] = Self.features(value)
            if steps.updateValue(list, forKey: name) != nil {
                value.error("another flow is named \(name.quoted) too; names tell flows apart")
            }
        }
    }

    private static func listed(_ flows: YAMLValue) -> [(key: String, value: YAMLValue)] {
        (flows.list(example: example) ?? []).compactMap { value in
            guard let map = value.plainMap(example: example) else { return nil }
            return map.required("name", example: "name: checkout")?.text(example: "name: checkout")
                .map { ($0.onOneLine, value) }
        }
    }

    private static func features(_ value: YAMLValue) -> [String] {
        guard !value.isList, let map = value.plainMap(example: example) else { return [] }
        let several = map.section("features")?.list(example: "features: [Checkout, Orders]") ?? []
        return ([map["feature"]].compactMap { $0 } + several).compactMap { $0.text(example: "Checkout")?.onOneLine }
    }

    /// The list itself, or that of a map which says more of the flow.
    private static func steps(_ value: YAMLValue) -> YAMLValue? {
        if value.isList { return value }
        let keys = KnownKeys(known: ["name", "feature", "features", "description", "steps"])
        return value.map(keys, example: example)?.required("steps", example: StepReader.example)
    }
}
