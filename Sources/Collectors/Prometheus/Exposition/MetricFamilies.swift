import Telemetry

/// The `# TYPE` lines read so far, and the kind they give a sample.
struct MetricFamilies {
    private let format: ExpositionFormat
    private var kinds: [String: MetricKind] = [:]

    init(format: ExpositionFormat) {
        self.format = format
    }

    /// Reads what follows `#`; true at OpenMetrics' `# EOF`.
    mutating func readComment(_ line: inout ExpositionLine) throws(ExpositionError) -> Bool {
        line.skipBlanks()
        switch line.word() {
        case "EOF" where format == .openMetrics:
            return true
        case "TYPE":
            line.skipBlanks()
            guard let name = try line.familyName(limit: .max) else {
                throw line.malformed("expected a metric name after TYPE")
            }
            line.skipBlanks()
            guard let kind = Self.kind(of: line.word()) else { throw line.malformed("unknown type of \(name)") }
            guard kinds.updateValue(kind, forKey: name) == nil else {
                throw line.malformed("second TYPE line for \(name)")
            }
            return false
        default:
            return false
        }
    }

    func kind(of sample: String) -> MetricKind {
        if let kind = kinds[sample] { return kind }
        for (suffix, kinds) in Self.suffixes where sample.hasSuffix(suffix) {
            guard let kind = self.kinds[String(sample.dropLast(suffix.count))], kinds.contains(kind) else { continue }
            return suffix == "_created" ? .gauge : kind
        }
        return .unknown
    }

    /// What the samples of a family may end in, by the family's kind.
    private static let suffixes: [(String, Set<MetricKind>)] = [
        ("_total", [.counter]),
        ("_bucket", [.histogram]),
        ("_sum", [.histogram, .summary]),
        ("_count", [.histogram, .summary]),
        ("_gsum", [.histogram]),
        ("_gcount", [.histogram]),
        ("_created", [.counter, .histogram, .summary]),
        ("_info", [.gauge]),
    ]

    private static func kind(of word: String) -> MetricKind? {
        switch word {
        case "counter": .counter
        case "gauge", "info", "stateset": .gauge
        case "histogram", "gaugehistogram": .histogram
        case "summary": .summary
        case "untyped", "unknown": .unknown
        default: nil
        }
    }
}
