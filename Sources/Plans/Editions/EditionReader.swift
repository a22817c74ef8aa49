/// Reads `edition.config.json`: what each edition of a product changes in the plan.
struct EditionReader {
    static let example = """
        { "editions": [{ "editionId": "vetclinic-premium", "traffic": { "rps": 2 }, "slo": { "latencyMs": { "p95": 600 } } }] }
        """

    /// One entry, with what can only be checked when the plan has been read.
    struct Edition {
        var plan: EditionPlan
        var value: YAMLValue
        /// What `tests` names, each with its place.
        var tests: [(name: String, value: YAMLValue)]
    }

    private static let keys = KnownKeys(
        known: [
            "editionId", "description", "baseUrl", "headers", "tenants", "traffic", "slo", "weights", "tests",
        ],
        unread: ["traceId"]
    )

    let sources: PlanSources

    func editions(_ root: YAMLValue) -> [Edition] {
        let top = KnownKeys(known: ["editions"], unread: ["traceId", "moduleId", "module"])
        guard let map = root.map(top, example: Self.example),
            let section = map.required("editions", example: Self.example)
        else { return [] }
        // A list of editions with their ids, or a map by id.
        var editions: [Edition] = []
        if section.isList {
            for value in section.list(example: Self.example) ?? [] {
                guard let map = value.map(Self.keys, example: Self.example),
                    let id = map.required("editionId", example: "\"editionId\": \"vetclinic\"")
                else { continue }
                guard let name = PlanEditionReader.id(id) else { continue }
                editions.append(edition(name, map))
            }
        } else {
            for (key, value) in section.entries(example: Self.example) ?? [] {
                guard let map = value.map(Self.keys, example: Self.example) else { continue }
                guard PlanEditionReader.isFolderName(key) else {
                    value.error("\(key.quoted) is no name without `/` that starts with no dot; example: `vetclinic`")
                    continue
                }
                editions.append(edition(key.onOneLine, map))
            }
        }
        var ids: Set<String> = []
        for edition in editions where !ids.insert(edition.plan.id).inserted {
            edition.value.error("the edition \(edition.plan.id.quoted) is described twice")
        }
        return editions
    }

    private func edition(_ id: String, _ map: YAMLMap) -> Edition {
        var plan = EditionPlan(id: id)
        plan.baseURL = map["baseUrl"].flatMap { TargetReader.base($0, sources.environment) }?.text
        plan.tenants = tenants(map)
        sources.usesTenants = false
        plan.headers = map.section("headers").map { HeaderReader(sources: sources).headers($0) } ?? []
        if sources.usesTenants, plan.tenants.isEmpty {
            map["headers"]?.error("{{tenant}} needs `tenants` beside it; example: `\"tenants\": [\"clinic-1\"]`")
        }
        sources.usesTenants = false
        plan.traffic = traffic(map)
        plan.limits = limits(id, map)
        plan.weights = weights(id, map)
        let tests = (map.section("tests")?.list(example: "\"tests\": [\"load\"]") ?? []).compactMap { value in
            value.text(example: "load").map { (name: $0, value: value) }
        }
        plan.tests = tests.map(\.name)
        return Edition(plan: plan, value: map.value, tests: tests)
    }

    private func tenants(_ map: YAMLMap) -> [String] {
        let example = "\"tenants\": [\"clinic-1\", \"clinic-2\"]"
        guard let section = map.section("tenants"), let values = section.list(example: example) else { return [] }
        if values.isEmpty { section.error("the list is empty; example: `\(example)`") }
        return values.compactMap { $0.text(example: "clinic-1") }
    }

    private func traffic(_ map: YAMLMap) -> TrafficModel {
        var traffic = TrafficModel()
        let example = "\"traffic\": { \"rps\": 2, \"users\": 2, \"duration\": 0.5 }"
        let factors = map.section("traffic")?.map(KnownKeys(known: ["rps", "users", "duration"]), example: example)
        let paths: [(String, WritableKeyPath<TrafficModel, Double>)] = [
            ("rps", \.rate), ("users", \.users), ("duration", \.duration),
        ]
        for (key, path) in paths {
            guard let value = factors?[key] else { continue }
            let what = "a factor from 0.001 to 1000, by which the plan's is multiplied"
            if let factor = value.number(what, in: 0.001...1000, example: "\"\(key)\": 2") {
                traffic[keyPath: path] = factor
            }
        }
        return traffic
    }

    private func limits(_ id: String, _ map: YAMLMap) -> ThresholdRule? {
        guard let slo = map.section("slo"),
            let limits = slo.map(KnownKeys(known: LimitsReader.keys), example: ThresholdReader.example)
        else { return nil }
        return ThresholdRule(
            selector: RuleSelector(editionID: id),
            limits: LimitsReader().limits(limits),
            source: slo.source
        )
    }

    private func weights(_ id: String, _ map: YAMLMap) -> WeightRule? {
        guard let section = map.section("weights"),
            let map = section.map(KnownKeys(known: WeightReader.weightKeys), example: WeightReader.example),
            let weights = WeightReader().weights(map)
        else { return nil }
        return WeightRule(selector: RuleSelector(editionID: id), weights: weights, source: section.source)
    }
}
