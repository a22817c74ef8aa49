import OTLP
import Telemetry

/// `prometheus.Histogram`, the native histogram of remote write.
enum HistogramMessage {
    /// The histogram, `nil` when its schema is unknown (such as custom buckets), and its Unix time in milliseconds.
    static func read(
        _ message: UnsafeRawBufferPointer
    ) throws(WireError) -> (histogram: NativeHistogram?, milliseconds: Int64) {
        var histogram = NativeHistogram(schema: 0, count: 0, sum: 0)
        var milliseconds: Int64 = 0
        var schema: Int64 = 0
        var negative = BucketSpans()
        var positive = BucketSpans()
        var reader = WireReader(message)
        while let field = try reader.next() {
            switch field.number {
            case 1: histogram.count = Double(try field.unsigned())
            case 2: histogram.count = try field.double()
            case 3: histogram.sum = try field.double()
            case 4: schema = try field.zigzag()
            case 5: histogram.zeroThreshold = try field.double()
            case 6: histogram.zeroCount = Double(try field.unsigned())
            case 7: histogram.zeroCount = try field.double()
            case 8: try negative.addSpan(field)
            case 9: try negative.addDeltas(field)
            case 10: try negative.addCounts(field)
            case 11: try positive.addSpan(field)
            case 12: try positive.addDeltas(field)
            case 13: try positive.addCounts(field)
            case 15: milliseconds = try field.signed()
            default: break
            }
        }
        histogram.negative = try negative.buckets()
        histogram.positive = try positive.buckets()
        guard let known = Int32(exactly: schema), NativeHistogram.schemas.contains(known) else {
            return (nil, milliseconds)
        }
        histogram.schema = known
        return (histogram, milliseconds)
    }
}
