/// Where one resource field is read from: the metric, which of its series, and what is done with their values.
package struct MetricSource: Sendable, Hashable {
    /// What is done with the points of a series.
    package enum Use: String, Sendable, CaseIterable {
        /// The values as they are: a gauge.
        case value
        /// How much a counter grew per second.
        case rate
        /// How much a counter grew.
        case increase
    }

    /// How far the metric's subject lies from the target's own process.
    ///
    /// A wider scope is asked only when no service answered in a narrower one: the same CPU time must not count twice.
    package enum Scope: Sendable, CaseIterable {
        /// A process, container or runtime tells of itself.
        case service
        /// Plimsoll watched the target's processes.
        case processTree
        /// The machine as a whole.
        case machine
    }

    /// The same metric under each of its names, such as OpenTelemetry's and Prometheus'.
    package var names: [String]
    package var use: Use
    /// Multiplies the value into the field's unit.
    package var scale: Double
    /// Labels a series must have with these values.
    package var labels: [String: String]
    /// Labels a series must not have with these values; an empty value stands for a label that is missing.
    package var excluding: [String: String]
    package var scope: Scope

    package init(
        _ names: String...,
        use: Use = .value,
        scale: Double = 1,
        labels: [String: String] = [:],
        excluding: [String: String] = [:],
        scope: Scope = .service
    ) {
        self.names = names
        self.use = use
        self.scale = scale
        self.labels = labels
        self.excluding = excluding
        self.scope = scope
    }

    func accepts(_ series: MetricSeries) -> Bool {
        labels.allSatisfy { series.labels[$0.key] == $0.value }
            && excluding.allSatisfy { (series.labels[$0.key] ?? "") != $0.value }
    }
}
