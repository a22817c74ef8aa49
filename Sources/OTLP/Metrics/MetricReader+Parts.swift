import COTLP
import Telemetry

extension MetricReader {
    /// OTLP's flag for a point without a value, which is Prometheus' end of a series.
    private static let noRecordedValue: UInt32 = 1
    private static let exemplarsPerPoint = 10

    func append(
        _ point: MetricPoint,
        isDelta: Bool,
        flags: UInt32,
        to batch: inout TelemetryBatch
    ) -> PointRejection? {
        append([point], isDelta: isDelta, flags: flags, to: &batch)
    }

    /// The points are one data point of OTLP: added together or not at all.
    func append(
        _ points: [MetricPoint],
        isDelta: Bool,
        flags: UInt32,
        to batch: inout TelemetryBatch
    ) -> PointRejection? {
        var points = points
        for index in points.indices {
            if flags & MetricReader.noRecordedValue != 0 {
                points[index].value = MetricPoint.staleMarker
                points[index].histogram = nil
            } else if isDelta {
                guard let total = totals.total(adding: points[index]) else { return .late }
                points[index].value = total
            }
        }
        batch.points += points
        return nil
    }

    func labels(
        _ attributes: UnsafeMutablePointer<UnsafeMutablePointer<Otlp__KeyValue>?>?,
        _ count: Int,
        adding labels: [String: String]
    ) -> [String: String] {
        var labels = labels
        for pair in UnsafeBufferPointer(start: attributes, count: count).prefix(limits.attributesPerSpan) {
            guard let pair = pair?.pointee else { continue }
            let key = String(decoding: pair.key.buffer.prefix(limits.keptValueBytes), as: UTF8.self)
            guard !key.isEmpty, let value = WireValue(pair.value).attributeValue(limits: limits) else { continue }
            let rule = AttributeKeepRule(key: key)
            guard let text = rule.kept(value.text, byteLimit: limits.keptValueBytes) else { continue }
            labels[MetricName.label(key)] = text
        }
        return labels
    }

    /// Those that lead to a trace.
    func exemplars(
        _ messages: UnsafeMutablePointer<ProtobufCBinaryData>?,
        _ count: Int,
        arena: borrowing DecodingArena
    ) -> [MetricExemplar] {
        var found: [MetricExemplar] = []
        for bytes in UnsafeBufferPointer(start: messages, count: count).prefix(MetricReader.exemplarsPerPoint) {
            guard let message = otlp__exemplar__unpack(arena.allocator, bytes.len, bytes.data),
                let trace = message.pointee.trace_id.buffer.traceID
            else { continue }
            let exemplar = message.pointee
            let isInt = exemplar.value_case == OTLP__EXEMPLAR__VALUE_AS_INT
            found.append(
                MetricExemplar(
                    traceID: trace,
                    spanID: exemplar.span_id.buffer.spanID ?? .none,
                    value: isInt ? Double(exemplar.as_int) : exemplar.as_double,
                    timeNanoseconds: exemplar.time_unix_nano
                )
            )
        }
        return found
    }

    /// OTLP's bucket `i` is Prometheus' `i + 1`: the one names a bucket by its lower bound, the other by its upper.
    static func buckets(
        _ message: UnsafeMutablePointer<Otlp__ExponentialHistogramDataPoint__Buckets>?,
        shift: Int32
    ) -> [NativeHistogram.Bucket] {
        guard let buckets = message?.pointee else { return [] }
        var found: [NativeHistogram.Bucket] = []
        let counts = UnsafeBufferPointer(start: buckets.bucket_counts, count: buckets.n_bucket_counts)
        for (position, count) in counts.enumerated() where count > 0 {
            guard let index = Int32(exactly: (Int(buckets.offset) + position) >> Int(shift) + 1) else { continue }
            if found.last?.index == index {
                found[found.count - 1].count += Double(count)
            } else {
                found.append(NativeHistogram.Bucket(index: index, count: Double(count)))
            }
        }
        return found
    }

    /// A bound as Prometheus writes it: no `.0`.
    static func text(_ number: Double) -> String {
        let text = String(number)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
