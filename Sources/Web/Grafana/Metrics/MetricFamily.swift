/// One metric with all its series, as `/metrics` shows it.
struct MetricFamily {
    enum Kind: String {
        case counter, gauge, histogram, info
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

    /// A metric with one series.
    init(_ name: String, _ kind: Kind, _ help: String, _ value: Double) {
        self.init(name, kind, help, [MetricSample(value)])
    }
}
