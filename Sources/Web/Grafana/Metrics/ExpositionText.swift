import Telemetry

/// Metrics as Prometheus reads them (`spec/wire.md` 4.1).
///
/// Both formats write a bucket's bound alike, or a change of format would make other series.
enum ExpositionText: String {
    case prometheus = "text/plain; version=0.0.4; charset=utf-8"
    case openMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8"

    var contentType: String { rawValue }

    /// The format that `Accept` prefers; the text format where neither is named.
    init(accept: String?) {
        func quality(of type: String) -> Double {
            (accept ?? "").split(separator: ",").lazy.compactMap { range -> Double? in
                let parts = range.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
                guard parts.first == type else { return nil }
                let quality = parts.first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 }
                return quality ?? 1
            }.max() ?? 0
        }
        let (open, text) = (quality(of: "application/openmetrics-text"), quality(of: "text/plain"))
        self = open > 0 && open >= text ? .openMetrics : .prometheus
    }

    func render(_ families: [MetricFamily]) -> String {
        var text = ""
        for family in families where !family.samples.isEmpty { append(family, to: &text) }
        if self == .openMetrics { text += "# EOF\n" }
        return text
    }

    private func append(_ family: MetricFamily, to text: inout String) {
        let ending =
            switch family.kind {
            case .counter: "_total"
            case .info: "_info"
            case .gauge, .histogram, .summary: ""
            }
        // The text format names a counter with its ending, and knows no info.
        let name = self == .openMetrics ? family.name : family.name + ending
        let kind = self == .prometheus && family.kind == .info ? "gauge" : family.kind.rawValue
        text += "# TYPE \(name) \(kind)\n"
        if self == .openMetrics, let unit = ExpositionText.unit(of: family.name) { text += "# UNIT \(name) \(unit)\n" }
        text += "# HELP \(name) \(escaped(family.help))\n"
        for sample in family.samples {
            text += family.name + (sample.suffix.isEmpty ? ending : sample.suffix)
            append(sample, to: &text)
        }
    }

    private func append(_ sample: MetricSample, to text: inout String) {
        if !sample.labels.isEmpty {
            text += "{"
            for (index, label) in sample.labels.enumerated() {
                text += "\(index == 0 ? "" : ",")\(label.name)=\"\(escaped(label.value))\""
            }
            text += "}"
        }
        text += " " + ExpositionText.number(sample.value)
        if self == .openMetrics, let exemplar = sample.exemplar {
            let time = Double(exemplar.time / 1_000_000) / 1e3
            text += " # {trace_id=\"\(exemplar.traceID.hex)\"} \(ExpositionText.number(exemplar.value)) \(time)"
        }
        text += "\n"
    }

    private func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
        return "\(value)"
    }

    /// What OpenMetrics calls the unit must end the name.
    private static func unit(of name: String) -> String? {
        ["seconds", "bytes", "ratio"].first { name.hasSuffix("_" + $0) }
    }
}
