/// Reads `runtime-profile.yaml`: expected use of CPU, memory and network, once or in a list with a selector each.
struct RuntimeProfileReader {
    static let example = "expected: { cpuUsagePct: 45, memoryUsageMb: 512MiB, networkUsageKb: 800 }"
    private static let useKeys = ["cpuUsagePct", "memoryUsageMb", "networkUsageKb", "tolerance"]

    func rules(_ root: YAMLValue) -> [RuntimeProfileRule] {
        let keys = KnownKeys(
            known: RuleSelector.keys.known + ["traceId", "tolerance", "expected"],
            misplaced: Dictionary(
                uniqueKeysWithValues: Self.useKeys.prefix(3).map { ($0, "indent it under `expected`") }
            )
        )
        guard let map = root.map(keys, example: Self.example),
            let expected = map.required("expected", example: Self.example)
        else { return [] }
        let selector = RuleSelector(map)
        let tolerance = map["tolerance"].flatMap(tolerance)
        let values = expected.isList ? expected.list(example: Self.example) ?? [] : [expected]
        return values.compactMap { rule($0, selector, tolerance) }
    }

    private func rule(_ value: YAMLValue, _ outer: RuleSelector, _ tolerance: Double?) -> RuntimeProfileRule? {
        let keys = KnownKeys(known: RuleSelector.keys.known + Self.useKeys)
        guard let map = value.map(keys, example: Self.example) else { return nil }
        var rule = RuntimeProfileRule(selector: outer.overridden(by: map), source: value.source)
        if let own = map["tolerance"].flatMap(self.tolerance) ?? tolerance { rule.tolerance = own }
        rule.cpuPercent = map["cpuUsagePct"]?
            .number("percent of one core above 0", in: 0.001...100_000, example: "cpuUsagePct: 45")
        rule.memoryMiB = map["memoryUsageMb"]?
            .bytes(bareUnit: 1 << 20, example: "memoryUsageMb: 512").map { Double($0) / 1_048_576 }
        rule.networkKiB = map["networkUsageKb"]?
            .number("KiB per second above 0", in: 0.001...1e9, example: "networkUsageKb: 800")
        if !Self.useKeys.prefix(3).contains(where: { map[$0] != nil }) {
            value.warning("expects nothing; example: `\(Self.example)`")
        }
        return rule
    }

    private func tolerance(_ value: YAMLValue) -> Double? {
        value.number("a share from 0 to 10", in: 0...10, example: "tolerance: 0.25")
    }
}
