/// Reads `perf-thresholds.yaml`, in each of its three shapes: one map of limits, the same with `defaults`, and a list
/// of limits with a selector each.
struct ThresholdReader {
    static let example = "thresholds: { latencyMs: { p95: 500 }, errorRateMax: 0.01 }"
    private static let percentiles = ["p50", "p95", "p99"]
    static let limitKeys = [
        "latencyMs", "latencyP50", "latencyP95", "latencyP99", "rpsMin", "errorRateMax", "cpuUsageMax",
        "memoryUsageMax",
    ]

    /// `nil` when the plan has errors of its own.
    let planModuleID: String?

    func rules(_ root: YAMLValue) -> [ThresholdRule] {
        let top = KnownKeys(
            known: ["module", "moduleId", "editionId", "testType", "endpoint", "defaults", "thresholds"],
            unread: ["traceId"],
            misplaced: Dictionary(uniqueKeysWithValues: Self.limitKeys.map { ($0, "indent it under `thresholds`") })
        )
        guard let map = root.map(top, example: Self.example) else { return [] }
        let defaults = map.section("defaults")?.map(Selector.keys, example: "defaults: { testType: load }")
        let selector = Selector(defaults).overridden(by: map)
        if let planModuleID, let module = selector.moduleID, module != planModuleID {
            (map["module"] ?? map["moduleId"])?
                .warning("is not the plan's moduleId \(planModuleID.quoted), so these limits never apply")
        }
        guard let thresholds = map.required("thresholds", example: Self.example) else { return [] }
        let values = thresholds.isList ? thresholds.list(example: Self.example) ?? [] : [thresholds]
        return values.compactMap { rule($0, selector) }
    }

    private func rule(_ value: YAMLValue, _ outer: Selector) -> ThresholdRule? {
        let keys = KnownKeys(known: Selector.keys.known + Self.limitKeys)
        guard let map = value.map(keys, example: Self.example) else { return nil }
        let selector = outer.overridden(by: map)
        let limits = limits(map)
        if !Self.limitKeys.contains(where: { map[$0] != nil }) {
            value.warning("sets no limit; example: `\(Self.example)`")
        }
        return ThresholdRule(
            moduleID: selector.moduleID,
            editionID: selector.editionID,
            testType: selector.testType,
            endpoint: selector.endpoint,
            limits: limits,
            source: value.source
        )
    }

    func limits(_ map: YAMLMap) -> Limits {
        var limits = Limits()
        let paths: [WritableKeyPath<Limits, Double?>] = [\.p50Milliseconds, \.p95Milliseconds, \.p99Milliseconds]
        let latency = map.section("latencyMs")?.map(
            KnownKeys(known: Self.percentiles),
            example: "latencyMs: { p95: 500 }"
        )
        for (percentile, path) in zip(Self.percentiles, paths) {
            let flat = map["latencyP" + percentile.dropFirst()]
            if let flat, latency?[percentile] != nil {
                flat.error("`latencyMs.\(percentile)` gives the same limit; keep one of them")
            }
            limits[keyPath: path] = (latency?[percentile] ?? flat).flatMap(milliseconds)
        }
        limits.minimumRate = map["rpsMin"]?.rate(example: "rpsMin: 100")
        limits.maximumErrorRate = map["errorRateMax"]?
            .number("a share from 0 to 1", in: 0...1, example: "errorRateMax: 0.01")
        limits.maximumCPUPercent = map["cpuUsageMax"]?
            .number("percent above 0", in: 0.001...100_000, example: "cpuUsageMax: 75")
        limits.maximumMemoryMiB = map["memoryUsageMax"]?
            .bytes(bareUnit: 1 << 20, example: "memoryUsageMax: 768").map { Double($0) / 1_048_576 }
        return limits
    }

    /// A bare number of milliseconds, or a duration.
    private func milliseconds(_ value: YAMLValue) -> Double? {
        if let number = value.plainNumber, number > 0 { return number }
        if let text = value.scalarText, let duration = Quantity.duration(text), duration > .zero {
            return duration / .milliseconds(1)
        }
        value.expected("milliseconds above 0", example: "p95: 500")
        return nil
    }
}
