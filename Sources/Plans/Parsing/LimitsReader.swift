/// Reads limits, nested (`latencyMs: { p95: 500 }`) or flat (`latencyP95: 500`).
struct LimitsReader {
    static let keys = [
        "latencyMs", "latencyP50", "latencyP95", "latencyP99", "rpsMin", "errorRateMax", "cpuUsageMax",
        "memoryUsageMax",
    ]
    private static let percentiles = ["p50", "p95", "p99"]

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
