import OTLP
import Telemetry

/// `io.prometheus.client.Metric`: what one label set of a family measured, as the points its text form would give.
struct ClientMetric {
    private(set) var points: [MetricPoint] = []
    private let name: String
    private let kind: MetricKind
    private let time: UInt64
    private var labels: [String: String] = [:]

    init(
        _ message: UnsafeRawBufferPointer,
        name: String,
        kind: MetricKind,
        time: UInt64
    ) throws(WireError) {
        self.name = name
        self.kind = kind
        self.time = time
        var values: [WireField] = []
        var reader = WireReader(message)
        while let field = try reader.next() {
            switch field.number {
            case 1:
                let pair = try ClientMetric.label(field)
                labels[pair.name] = pair.value
            case 2, 3, 4, 5, 7: values.append(field)
            default: break
            }
        }
        // Labels may stand behind the value they belong to.
        for value in values {
            let message = try value.message()
            switch value.number {
            case 4: try readSummary(message)
            case 7: try readHistogram(message)
            default: try readNumber(message)
            }
        }
    }

    /// Gauge, counter and untyped: the value is field 1, a counter's exemplar field 2.
    private mutating func readNumber(_ message: UnsafeRawBufferPointer) throws(WireError) {
        var value = 0.0
        var exemplars: [MetricExemplar] = []
        var reader = WireReader(message)
        while let field = try reader.next() {
            switch field.number {
            case 1: value = try field.double()
            case 2 where kind == .counter:
                if let exemplar = try exemplar(try field.message()) { exemplars.append(exemplar) }
            default: break
            }
        }
        append("", value, exemplars: exemplars)
    }

    private mutating func readSummary(_ message: UnsafeRawBufferPointer) throws(WireError) {
        var count = 0.0
        var sum = 0.0
        var reader = WireReader(message)
        while let field = try reader.next() {
            switch field.number {
            case 1: count = Double(try field.unsigned())
            case 2: sum = try field.double()
            case 3:
                let quantile = try ClientMetric.numbers(try field.message())
                append("", quantile[2] ?? 0, label: ("quantile", "\(quantile[1] ?? 0)"))
            default: break
            }
        }
        append("_sum", sum)
        append("_count", count)
    }

    private mutating func readHistogram(_ message: UnsafeRawBufferPointer) throws(WireError) {
        var histogram = NativeHistogram(schema: 0, count: 0, sum: 0)
        var schema: Int64 = 0
        var classic: [UnsafeRawBufferPointer] = []
        var positive = BucketSpans()
        var negative = BucketSpans()
        var exemplars: [MetricExemplar] = []
        var reader = WireReader(message)
        while let field = try reader.next() {
            switch field.number {
            case 1: histogram.count = Double(try field.unsigned())
            case 2: histogram.sum = try field.double()
            case 3: classic.append(try field.message())
            case 4: histogram.count = try field.double()
            case 5: schema = try field.zigzag()
            case 6: histogram.zeroThreshold = try field.double()
            case 7: histogram.zeroCount = Double(try field.unsigned())
            case 8: histogram.zeroCount = try field.double()
            case 9: try negative.addSpan(field)
            case 10: try negative.addDeltas(field)
            case 11: try negative.addCounts(field)
            case 12: try positive.addSpan(field)
            case 13: try positive.addDeltas(field)
            case 14: try positive.addCounts(field)
            case 16: if let exemplar = try exemplar(try field.message()) { exemplars.append(exemplar) }
            default: break
            }
        }
        let isNative = !positive.isEmpty || !negative.isEmpty || histogram.zeroThreshold > 0 || histogram.zeroCount > 0
        guard isNative, let known = Int32(exactly: schema), NativeHistogram.schemas.contains(known) else {
            return try readClassic(classic, count: histogram.count, sum: histogram.sum)
        }
        histogram.schema = known
        histogram.positive = try positive.buckets()
        histogram.negative = try negative.buckets()
        // Clients of native histograms still hang their exemplars on the classic buckets.
        for bucket in classic { exemplars += try readBucket(bucket).exemplars }
        append("", histogram.count, exemplars: exemplars)
        points[points.count - 1].histogram = histogram
    }

    private mutating func readClassic(
        _ buckets: [UnsafeRawBufferPointer],
        count: Double,
        sum: Double
    ) throws(WireError) {
        var isClosed = false
        for message in buckets {
            let bucket = try readBucket(message)
            isClosed = bucket.upperBound == .infinity
            let bound = isClosed ? "+Inf" : "\(bucket.upperBound)"
            append("_bucket", bucket.count, label: ("le", bound), exemplars: bucket.exemplars)
        }
        // The text form always has this bucket, the protobuf form need not.
        if !isClosed { append("_bucket", count, label: ("le", "+Inf")) }
        append("_sum", sum)
        append("_count", count)
    }

    private func readBucket(
        _ message: UnsafeRawBufferPointer
    ) throws(WireError) -> (upperBound: Double, count: Double, exemplars: [MetricExemplar]) {
        var bucket = (upperBound: 0.0, count: 0.0, exemplars: [MetricExemplar]())
        var reader = WireReader(message)
        while let field = try reader.next() {
            switch field.number {
            case 1: bucket.count = Double(try field.unsigned())
            case 2: bucket.upperBound = try field.double()
            case 3: if let exemplar = try exemplar(try field.message()) { bucket.exemplars.append(exemplar) }
            case 4: bucket.count = try field.double()
            default: break
            }
        }
        return bucket
    }

    private mutating func append(
        _ suffix: String,
        _ value: Double,
        label: (name: String, value: String)? = nil,
        exemplars: [MetricExemplar] = []
    ) {
        var point = MetricPoint(name: name + suffix, labels: labels, kind: kind, value: value, timeNanoseconds: time)
        if let label { point.labels[label.name] = label.value }
        point.exemplars = exemplars
        points.append(point)
    }

    private func exemplar(_ message: UnsafeRawBufferPointer) throws(WireError) -> MetricExemplar? {
        var labels: [String: String] = [:]
        var value = 0.0
        var timeNanoseconds = time
        var reader = WireReader(message)
        while let field = try reader.next() {
            switch field.number {
            case 1:
                let pair = try ClientMetric.label(field)
                labels[pair.name] = pair.value
            case 2: value = try field.double()
            case 3: timeNanoseconds = try ClientMetric.timestamp(try field.message()) ?? time
            default: break
            }
        }
        return MetricExemplar(labels: labels, value: value, timeNanoseconds: timeNanoseconds)
    }

    private static func label(_ field: WireField) throws(WireError) -> (name: String, value: String) {
        var pair = (name: "", value: "")
        var reader = WireReader(try field.message())
        while let field = try reader.next() {
            switch field.number {
            case 1: pair.name = try field.text()
            case 2: pair.value = try field.text()
            default: break
            }
        }
        return pair
    }

    /// The doubles of a flat message by field number.
    private static func numbers(_ message: UnsafeRawBufferPointer) throws(WireError) -> [UInt32: Double] {
        var numbers: [UInt32: Double] = [:]
        var reader = WireReader(message)
        while let field = try reader.next() { numbers[field.number] = try field.double() }
        return numbers
    }

    /// `google.protobuf.Timestamp` as Unix nanoseconds; `nil` outside 1970 to 2554.
    private static func timestamp(_ message: UnsafeRawBufferPointer) throws(WireError) -> UInt64? {
        var seconds: Int64 = 0
        var nanoseconds: Int64 = 0
        var reader = WireReader(message)
        while let field = try reader.next() {
            switch field.number {
            case 1: seconds = try field.signed()
            case 2: nanoseconds = try field.signed()
            default: break
            }
        }
        guard (0...18_000_000_000).contains(seconds), (0..<1_000_000_000).contains(nanoseconds) else { return nil }
        return UInt64(seconds) * 1_000_000_000 + UInt64(nanoseconds)
    }
}
