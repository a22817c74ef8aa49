/// One entry of `metrics` in `observability.config.yaml`: the metric a resource field is read from.
package struct MetricOverride: Sendable, Hashable {
    package enum Field: String, Sendable, CaseIterable {
        case cpuUsagePct, memoryUsageMb, gcActivityCount, threads, queueDepth
    }

    /// What is done with the metric's values.
    package enum Use: String, Sendable, CaseIterable {
        case value, rate, increase
    }

    package var field: Field
    package var metric: String
    package var use: Use
    /// Multiplies the value into the field's unit: percent of one core, MiB, a count.
    package var scale: Double
    /// Labels a series must have.
    package var labels: [String: String]

    package init(
        field: Field,
        metric: String,
        use: Use = .value,
        scale: Double = 1,
        labels: [String: String] = [:]
    ) {
        self.field = field
        self.metric = metric
        self.use = use
        self.scale = scale
        self.labels = labels
    }
}
