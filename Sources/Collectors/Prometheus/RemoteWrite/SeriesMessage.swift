import OTLP
import Telemetry

/// `prometheus.TimeSeries`: the labels of a series and what was measured since the last request.
struct SeriesMessage {
    var labels: [String: String] = [:]
    private(set) var repeatedLabel: String?
    private(set) var samples: [(value: Double, milliseconds: Int64)] = []
    /// A histogram of an unknown schema is `nil`.
    private(set) var histograms: [(histogram: NativeHistogram?, milliseconds: Int64)] = []
    private var exemplars: [MetricExemplar] = []

    init(_ message: UnsafeRawBufferPointer) throws(WireError) {
        var reader = WireReader(message)
        while let field = try reader.next() {
            switch field.number {
            case 1:
                let label = try SeriesMessage.label(field)
                if labels.updateValue(label.value, forKey: label.name) != nil { repeatedLabel = label.name }
            case 2: samples.append(try SeriesMessage.sample(field))
            case 3: if let exemplar = try SeriesMessage.exemplar(field) { exemplars.append(exemplar) }
            case 4: histograms.append(try HistogramMessage.read(try field.message()))
            default: break
            }
        }
    }

    /// The samples and histograms with a usable time and schema; the exemplars go with the last of them, or alone.
    func points(named name: String) -> [MetricPoint] {
        func point(_ kind: MetricKind, _ value: Double, _ milliseconds: Int64) -> MetricPoint? {
            SeriesMessage.nanoseconds(milliseconds).map {
                MetricPoint(name: name, labels: labels, kind: kind, value: value, timeNanoseconds: $0)
            }
        }
        var points = samples.compactMap { point(.unknown, $0.value, $0.milliseconds) }
        for (histogram, milliseconds) in histograms {
            guard let histogram else { continue }
            let isStale = MetricPoint.isStale(histogram.sum)
            let value = isStale ? MetricPoint.staleMarker : histogram.count
            guard var point = point(.histogram, value, milliseconds) else { continue }
            if !isStale { point.histogram = histogram }
            points.append(point)
        }
        guard !exemplars.isEmpty else { return points }
        // Prometheus sends exemplars as series without samples.
        if points.isEmpty, var only = point(.unknown, 0, 0) {
            only.hasOnlyExemplars = true
            only.timeNanoseconds = exemplars[0].timeNanoseconds
            points.append(only)
        }
        if !points.isEmpty { points[points.count - 1].exemplars = exemplars }
        return points
    }

    private static func label(_ field: WireField) throws(WireError) -> (name: String, value: String) {
        var label = (name: "", value: "")
        var reader = WireReader(try field.message())
        while let field = try reader.next() {
            switch field.number {
            case 1: label.name = try field.text()
            case 2: label.value = try field.text()
            default: break
            }
        }
        return label
    }

    private static func sample(
        _ field: WireField
    ) throws(WireError) -> (value: Double, milliseconds: Int64) {
        var sample = (value: 0.0, milliseconds: Int64(0))
        var reader = WireReader(try field.message())
        while let field = try reader.next() {
            switch field.number {
            case 1: sample.value = try field.double()
            case 2: sample.milliseconds = try field.signed()
            default: break
            }
        }
        return sample
    }

    /// `nil` without a trace id, which is all an exemplar is for.
    private static func exemplar(_ field: WireField) throws(WireError) -> MetricExemplar? {
        var labels: [String: String] = [:]
        var value = 0.0
        var milliseconds: Int64 = 0
        var reader = WireReader(try field.message())
        while let field = try reader.next() {
            switch field.number {
            case 1:
                let label = try label(field)
                labels[label.name] = label.value
            case 2: value = try field.double()
            case 3: milliseconds = try field.signed()
            default: break
            }
        }
        return nanoseconds(milliseconds).flatMap {
            MetricExemplar(labels: labels, value: value, timeNanoseconds: $0)
        }
    }

    /// `nil` for a time before 1970 or after 2554.
    private static func nanoseconds(_ milliseconds: Int64) -> UInt64? {
        guard let positive = UInt64(exactly: milliseconds) else { return nil }
        let (product, overflow) = positive.multipliedReportingOverflow(by: 1_000_000)
        return overflow ? nil : product
    }
}
