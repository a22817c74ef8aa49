/// Reads `perf-baseline.memory.json`: one result, a list of them, or a whole `perf-metrics.json` of an earlier run.
struct RecordedBaselineReader {
    static let example =
        "{ \"endpoint\": \"/checkout\", \"testType\": \"load\", \"p95LatencyMs\": 420, \"status\": \"pass\" }"

    func baselines(_ root: YAMLValue) -> [RecordedBaseline] {
        guard !root.isList else {
            return (root.list(example: Self.example) ?? []).flatMap { results($0, RuleSelector(), nil) }
        }
        return results(root, RuleSelector(), nil)
    }

    private func results(_ value: YAMLValue, _ outer: RuleSelector, _ lineage: String?) -> [RecordedBaseline] {
        guard let map = value.plainMap(example: Self.example) else { return [] }
        let selector = outer.overridden(by: map)
        let lineageID = map["traceId"]?.scalarText?.onOneLine ?? lineage
        if let list = map.section("tests") ?? map.section("baselines") {
            // Of a list the outer map only says what is common; a single test's numbers stand in both.
            var common = selector
            common.testType = nil
            common.endpoint = nil
            return (list.list(example: Self.example) ?? []).flatMap { results($0, common, lineageID) }
        }
        guard let p95 = p95(map) else { return [] }
        var baseline = RecordedBaseline(selector: selector, p95Milliseconds: p95, source: value.source)
        baseline.lineageID = lineageID
        baseline.rate = map.section("rps")?.rate(example: "\"rps\": 110")
        baseline.errorRate = map.section("errorRate")?
            .number("a share from 0 to 1", in: 0...1, example: "\"errorRate\": 0.01")
        baseline.score = map.section("performanceScore")?
            .number("a score from 0 to 1", in: 0...1, example: "\"performanceScore\": 0.91")
        baseline.status = map.section("status")?.text(example: "\"status\": \"pass\"")
        if !baseline.isAcceptable {
            value.warning("its status is \((baseline.status ?? "").quoted), so it is no baseline and has no effect")
        }
        return [baseline]
    }

    private func p95(_ map: YAMLMap) -> Double? {
        let latency = map.section("latency")?.plainMap(example: "\"latency\": { \"p95\": 420 }")
        guard let value = map["p95LatencyMs"] ?? map["latencyP95"] ?? latency?["p95"] else {
            map.value.error("`p95LatencyMs` is missing, and so is `latency.p95`; example: `\(Self.example)`")
            return nil
        }
        return value.number("milliseconds above 0", in: 0.000_001...1e9, example: "\"p95LatencyMs\": 420")
    }
}
