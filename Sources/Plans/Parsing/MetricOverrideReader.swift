/// Reads `metrics` of `observability.config.yaml`: a field, and the metric or list of metrics it is read from.
struct MetricOverrideReader {
    private static let example = "metrics: { cpuUsagePct: { metric: my_cpu_seconds_total, as: rate, scale: 100 } }"
    private static let entryExample = "{ metric: my_cpu_seconds_total, as: rate, scale: 100 }"

    func overrides(_ section: YAMLValue) -> [MetricOverride] {
        let fields = MetricOverride.Field.allCases
        let keys = KnownKeys(known: fields.map(\.rawValue))
        guard let map = section.map(keys, example: Self.example) else { return [] }
        return fields.flatMap { field -> [MetricOverride] in
            guard let value = map.section(field.rawValue) else { return [] }
            guard value.isList else { return override(value, of: field).map { [$0] } ?? [] }
            return (value.list(example: Self.entryExample) ?? []).compactMap { override($0, of: field) }
        }
    }

    /// A metric's name alone, or a map with what to do with it.
    private func override(_ value: YAMLValue, of field: MetricOverride.Field) -> MetricOverride? {
        if let name = value.scalarText, !value.isNull, !name.isEmpty {
            return MetricOverride(field: field, metric: name)
        }
        let keys = KnownKeys(known: ["metric", "as", "scale", "labels"])
        guard let map = value.map(keys, example: Self.entryExample),
            let metric = map.required("metric", example: Self.entryExample)?.text(example: "metric: my_queue_length")
        else { return nil }
        var override = MetricOverride(field: field, metric: metric)
        if let use = map["as"]?.word(MetricOverride.Use.self) { override.use = use }
        if let scale = map["scale"]?.number("a number above zero", in: 1e-12...1e12, example: "scale: 100") {
            override.scale = scale
        }
        for (name, value) in map.section("labels")?.entries(example: "labels: { queue: orders }") ?? [] {
            override.labels[name] = value.text(example: "labels: { queue: orders }")
        }
        return override
    }
}
