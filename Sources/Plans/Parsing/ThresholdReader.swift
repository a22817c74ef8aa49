/// Reads `perf-thresholds.yaml`, in each of its three shapes: one map of limits, the same with `defaults`, and a list
/// of limits with a selector each.
struct ThresholdReader {
    static let example = "thresholds: { latencyMs: { p95: 500 }, errorRateMax: 0.01 }"

    /// `nil` when the plan has errors of its own.
    let planModuleID: String?

    func rules(_ root: YAMLValue) -> [ThresholdRule] {
        let top = KnownKeys(
            known: RuleSelector.keys.known + ["traceId", "defaults", "thresholds"],
            misplaced: Dictionary(uniqueKeysWithValues: LimitsReader.keys.map { ($0, "indent it under `thresholds`") })
        )
        guard let map = root.map(top, example: Self.example) else { return [] }
        let defaults = map.section("defaults")?.map(RuleSelector.keys, example: "defaults: { testType: load }")
        let selector = RuleSelector(defaults).overridden(by: map)
        if let planModuleID, let module = selector.moduleID, module != planModuleID {
            (map["module"] ?? map["moduleId"])?
                .warning("is not the plan's moduleId \(planModuleID.quoted), so these limits never apply")
        }
        guard let thresholds = map.required("thresholds", example: Self.example) else { return [] }
        let values = thresholds.isList ? thresholds.list(example: Self.example) ?? [] : [thresholds]
        return values.compactMap { rule($0, selector) }
    }

    private func rule(_ value: YAMLValue, _ outer: RuleSelector) -> ThresholdRule? {
        let keys = KnownKeys(known: RuleSelector.keys.known + LimitsReader.keys)
        guard let map = value.map(keys, example: Self.example) else { return nil }
        let selector = outer.overridden(by: map)
        let limits = LimitsReader().limits(map)
        if !LimitsReader.keys.contains(where: { map[$0] != nil }) {
            value.warning("sets no limit; example: `\(Self.example)`")
        }
        return ThresholdRule(selector: selector, limits: limits, source: value.source)
    }
}
