import COTLP
import Telemetry

/// Undecoded `Metric` messages → points of series, as Prometheus would have scraped them.
///
/// Names and labels are Prometheus' translation of OTLP's. A histogram becomes its `_bucket`, `_sum` and `_count`
/// series, an exponential one a native histogram; deltas are added up.
struct MetricReader: ~Copyable {
    let totals: DeltaTotals
    let limits: DecodingLimits

    init(totals: DeltaTotals, limits: DecodingLimits) {
        self.totals = totals
        self.limits = limits
    }

    /// What the points of a metric have in common.
    struct Series {
        var name: String
        var labels: [String: String]
        var isDelta: Bool
        var kind: MetricKind
    }

    func add(
        _ bytes: UnsafeRawBufferPointer,
        labels: [String: String],
        to batch: inout TelemetryBatch,
        tally: inout PointTally,
        arena: borrowing DecodingArena
    ) {
        arena.reset()
        guard let message = otlp__metric__unpack(arena.allocator, bytes.count, bytes.bytesAddress) else {
            tally.count(.malformed)
            return
        }
        let metric = message.pointee
        // All members of the union are pointers to the same type.
        guard metric.data_case != OTLP__METRIC__DATA__NOT_SET, let data = metric.gauge?.pointee else { return }
        let points = UnsafeBufferPointer(start: data.data_points, count: data.n_data_points)
        let hasTemporality =
            metric.data_case != OTLP__METRIC__DATA_GAUGE && metric.data_case != OTLP__METRIC__DATA_SUMMARY
        guard !hasTemporality || data.aggregation_temporality == 1 || data.aggregation_temporality == 2 else {
            tally.count(.temporality, points: points.count)
            return
        }
        let isCounter = metric.data_case == OTLP__METRIC__DATA_SUM && data.is_monotonic != 0
        let series = Series(
            name: MetricName.metric(
                String(decoding: metric.name.buffer.prefix(limits.keptValueBytes), as: UTF8.self),
                unit: String(decoding: metric.unit.buffer.prefix(64), as: UTF8.self),
                isCounter: isCounter,
                isGauge: metric.data_case == OTLP__METRIC__DATA_GAUGE
            ),
            labels: labels,
            isDelta: hasTemporality && data.aggregation_temporality == 1,
            kind: isCounter ? .counter : .gauge
        )
        for point in points {
            let result: PointRejection? =
                switch metric.data_case {
                case OTLP__METRIC__DATA_HISTOGRAM: addHistogram(point.buffer, of: series, to: &batch, arena: arena)
                case OTLP__METRIC__DATA_EXPONENTIAL_HISTOGRAM:
                    addExponential(point.buffer, of: series, to: &batch, arena: arena)
                case OTLP__METRIC__DATA_SUMMARY: addSummary(point.buffer, of: series, to: &batch, arena: arena)
                default: addNumber(point.buffer, of: series, to: &batch, arena: arena)
                }
            if let result { tally.count(result) }
        }
    }

    private func addNumber(
        _ bytes: UnsafeRawBufferPointer,
        of series: Series,
        to batch: inout TelemetryBatch,
        arena: borrowing DecodingArena
    ) -> PointRejection? {
        guard let message = otlp__number_data_point__unpack(arena.allocator, bytes.count, bytes.bytesAddress) else {
            return .malformed
        }
        let point = message.pointee
        let value =
            switch point.value_case {
            case OTLP__NUMBER_DATA_POINT__VALUE_AS_INT: Double(point.as_int)
            default: point.as_double
            }
        var result = MetricPoint(
            name: series.name,
            labels: labels(point.attributes, point.n_attributes, adding: series.labels),
            kind: series.kind,
            value: value,
            timeNanoseconds: point.time_unix_nano
        )
        result.exemplars = exemplars(point.exemplars, point.n_exemplars, arena: arena)
        return append(result, isDelta: series.isDelta, flags: point.flags, to: &batch)
    }

    private func addHistogram(
        _ bytes: UnsafeRawBufferPointer,
        of series: Series,
        to batch: inout TelemetryBatch,
        arena: borrowing DecodingArena
    ) -> PointRejection? {
        guard let message = otlp__histogram_data_point__unpack(arena.allocator, bytes.count, bytes.bytesAddress) else {
            return .malformed
        }
        let point = message.pointee
        let counts = UnsafeBufferPointer(start: point.bucket_counts, count: point.n_bucket_counts)
        let bounds = Array(UnsafeBufferPointer(start: point.explicit_bounds, count: point.n_explicit_bounds))
        guard counts.isEmpty ? bounds.isEmpty : counts.count == bounds.count + 1,
            zip(bounds, bounds.dropFirst()).allSatisfy({ $0 < $1 })
        else { return .malformed }
        let own = labels(point.attributes, point.n_attributes, adding: series.labels)
        let exemplars = exemplars(point.exemplars, point.n_exemplars, arena: arena)
        func part(_ suffix: String, _ value: Double, le: String? = nil) -> MetricPoint {
            var labels = own
            if let le { labels["le"] = le }
            return MetricPoint(
                name: series.name + suffix,
                labels: labels,
                kind: .histogram,
                value: value,
                timeNanoseconds: point.time_unix_nano
            )
        }
        var parts = [part("_count", Double(point.count))]
        if point.has_sum_case == OTLP__HISTOGRAM_DATA_POINT__HAS_SUM_SUM { parts.append(part("_sum", point.sum)) }
        var below = 0.0
        for (index, count) in counts.enumerated() {
            below += Double(count)
            let upper = index < bounds.count ? bounds[index] : .infinity
            let lower = index == 0 ? -Double.infinity : bounds[index - 1]
            var bucket = part("_bucket", below, le: upper == .infinity ? "+Inf" : MetricReader.text(upper))
            bucket.exemplars = exemplars.filter { lower < $0.value && $0.value <= upper }
            parts.append(bucket)
        }
        return append(parts, isDelta: series.isDelta, flags: point.flags, to: &batch)
    }

    private func addExponential(
        _ bytes: UnsafeRawBufferPointer,
        of series: Series,
        to batch: inout TelemetryBatch,
        arena: borrowing DecodingArena
    ) -> PointRejection? {
        guard
            let message = otlp__exponential_histogram_data_point__unpack(
                arena.allocator,
                bytes.count,
                bytes.bytesAddress
            )
        else { return .malformed }
        let point = message.pointee
        if series.isDelta { return .deltaHistogram }
        guard point.scale >= NativeHistogram.schemas.lowerBound else { return .scale }
        // A finer scale than Prometheus knows is made coarser: each step joins two neighbours.
        let shift = max(0, point.scale - NativeHistogram.schemas.upperBound)
        guard shift < 32 else { return .scale }
        let hasSum = point.has_sum_case == OTLP__EXPONENTIAL_HISTOGRAM_DATA_POINT__HAS_SUM_SUM
        var result = MetricPoint(
            name: series.name,
            labels: labels(point.attributes, point.n_attributes, adding: series.labels),
            kind: .histogram,
            value: Double(point.count),
            timeNanoseconds: point.time_unix_nano
        )
        result.histogram = NativeHistogram(
            schema: point.scale - shift,
            count: Double(point.count),
            sum: hasSum ? point.sum : .nan,
            zeroThreshold: point.zero_threshold,
            zeroCount: Double(point.zero_count),
            positive: MetricReader.buckets(point.positive, shift: shift),
            negative: MetricReader.buckets(point.negative, shift: shift)
        )
        result.exemplars = exemplars(point.exemplars, point.n_exemplars, arena: arena)
        return append(result, isDelta: false, flags: point.flags, to: &batch)
    }

    private func addSummary(
        _ bytes: UnsafeRawBufferPointer,
        of series: Series,
        to batch: inout TelemetryBatch,
        arena: borrowing DecodingArena
    ) -> PointRejection? {
        guard let message = otlp__summary_data_point__unpack(arena.allocator, bytes.count, bytes.bytesAddress) else {
            return .malformed
        }
        let point = message.pointee
        let own = labels(point.attributes, point.n_attributes, adding: series.labels)
        func part(_ suffix: String, _ value: Double, quantile: Double? = nil) -> MetricPoint {
            var labels = own
            if let quantile { labels["quantile"] = MetricReader.text(quantile) }
            return MetricPoint(
                name: series.name + suffix,
                labels: labels,
                kind: .summary,
                value: value,
                timeNanoseconds: point.time_unix_nano
            )
        }
        var parts = [part("_count", Double(point.count)), part("_sum", point.sum)]
        for quantile in UnsafeBufferPointer(start: point.quantile_values, count: point.n_quantile_values) {
            guard let quantile = quantile?.pointee else { continue }
            parts.append(part("", quantile.value, quantile: quantile.quantile))
        }
        return append(parts, isDelta: false, flags: point.flags, to: &batch)
    }
}
