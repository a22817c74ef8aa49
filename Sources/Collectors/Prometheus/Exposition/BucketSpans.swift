import OTLP
import Telemetry

/// One side of a native histogram on the wire: runs of buckets, and their counts as differences or as floats.
struct BucketSpans {
    /// Far beyond the 2^18 of the finest schema, and far from where arithmetic on indices could overflow.
    private static let indices: ClosedRange<Int64> = -1_000_000...1_000_000

    private static let misfit = WireError.malformed("the counts of a histogram do not fit its runs of buckets")

    private var spans: [(offset: Int64, length: UInt64)] = []
    private var deltas: [Int64] = []
    private var counts: [Double] = []

    var isEmpty: Bool { spans.isEmpty }

    mutating func addSpan(_ field: WireField) throws(WireError) {
        var reader = WireReader(try field.message())
        var span: (offset: Int64, length: UInt64) = (0, 0)
        while let field = try reader.next() {
            switch field.number {
            case 1: span.offset = try field.zigzag()
            case 2: span.length = try field.unsigned()
            default: break
            }
        }
        spans.append(span)
    }

    mutating func addDeltas(_ field: WireField) throws(WireError) {
        try field.appendZigzags(to: &deltas)
    }

    mutating func addCounts(_ field: WireField) throws(WireError) {
        try field.appendDoubles(to: &counts)
    }

    /// The buckets in order of their index.
    ///
    /// The counts that were sent bound the work: a span may claim four billion buckets in six bytes.
    func buckets() throws(WireError) -> [NativeHistogram.Bucket] {
        let values = counts.isEmpty ? absolute() : counts
        var buckets: [NativeHistogram.Bucket] = []
        var index: Int64 = 0
        var next = 0
        for (position, span) in spans.enumerated() {
            guard position == 0 || span.offset >= 0, BucketSpans.indices.contains(span.offset),
                span.length <= UInt64(values.count - next)
            else { throw BucketSpans.misfit }
            index += span.offset
            for _ in 0..<span.length {
                guard BucketSpans.indices.contains(index) else { throw BucketSpans.misfit }
                buckets.append(NativeHistogram.Bucket(index: Int32(index), count: values[next]))
                next += 1
                index += 1
            }
        }
        guard next == values.count else { throw BucketSpans.misfit }
        return buckets
    }

    private func absolute() -> [Double] {
        var count: Int64 = 0
        return deltas.map { delta in
            count &+= delta
            return Double(count)
        }
    }
}
