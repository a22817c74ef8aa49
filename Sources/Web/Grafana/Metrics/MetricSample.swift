/// One line of an exposition.
struct MetricSample {
    /// Of a histogram `_bucket`, `_sum` or `_count`, of a summary the last two; empty for all others.
    var suffix = ""
    var labels: [(name: String, value: String)]
    var value: Double
    var exemplar: ExpositionExemplar?

    init(_ value: Double, _ labels: KeyValuePairs<String, String> = [:]) {
        self.labels = labels.map { ($0.key, $0.value) }
        self.value = value
    }
}
