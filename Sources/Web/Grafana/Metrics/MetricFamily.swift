/// One metric with all its series, as `/metrics` shows it.
struct MetricFamily {
    enum Kind: String {
        case counter, gauge, histogram, info
        /// Without quantiles: how long all took, and how many there were.
        case summary
    }

    /// Without `_total` and `_info`, which the kind brings along; ends in its base unit.
    var name: String
    var kind: Kind
    /// One line.
    var help: String
    var samples: [MetricSample]

    init(_ name: String, _ kind: Kind, _ help: String, _ samples: [MetricSample]) {
        self.name = name
        self.kind = kind
        self.help = help
        self.samples = samples
    }

    /// Of durations that are only summed up: an average over any time, of any instances.
    init(_ name: String, _ help: String, total: Duration, count: Int) {
        var sum = MetricSample(total / .seconds(1))
        sum.suffix = "_sum"
        var number = MetricSample(Double(count))
        number.suffix = "_count"
        self.init(name, .summary, help, [number, sum])
    }

    /// A metric with one series.
    init(_ name: String, _ kind: Kind, _ help: String, _ value: Double) {
        self.init(name, kind, help, [MetricSample(value)])
    }
}
