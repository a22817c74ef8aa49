import Statistics

/// A sketch as the gaps between its occupied buckets and their counts.
enum SketchBlob {
    /// No sketch of a window is finer.
    private static let finest = 14

    static func write(_ sketch: LatencyHistogram, to writer: inout BlobWriter) {
        writer.byte(UInt8(sketch.subBucketBits))
        let stretch = sketch.stretch
        writer.number(stretch.counts.count)
        guard !stretch.counts.isEmpty else { return }
        writer.number(sketch.sum)
        writer.number(sketch.minimum)
        writer.number(sketch.maximum &- sketch.minimum)
        writer.number(stretch.first)
        var gap = 0
        for count in stretch.counts {
            guard count > 0 else {
                gap += 1
                continue
            }
            writer.number(gap)
            writer.number(UInt64(count))
            gap = 0
        }
    }

    static func read(_ reader: inout BlobReader) throws(BlobDamage) -> LatencyHistogram {
        let bits = Int(try reader.byte())
        guard (1...finest).contains(bits) else { throw BlobDamage("a sketch has a resolution of \(bits)") }
        let length = try reader.number(atMost: LatencyHistogram.bucketLimit(subBucketBits: bits))
        guard length > 0 else { return LatencyHistogram(subBucketBits: bits) }
        let sum = try reader.number()
        let minimum = try reader.number()
        let maximum = minimum &+ (try reader.number())
        let first = try reader.number(atMost: LatencyHistogram.bucketLimit(subBucketBits: bits))
        var counts = [UInt32](repeating: 0, count: length)
        var next = 0
        while next < length {
            next += try reader.number(atMost: length)
            let count = try reader.number()
            guard next < length, count > 0, count <= UInt64(UInt32.max) else { throw BlobDamage("a sketch is broken") }
            counts[next] = UInt32(count)
            next += 1
        }
        guard
            let sketch = LatencyHistogram(
                subBucketBits: bits,
                sum: sum,
                extremes: (minimum, maximum),
                stretch: (first, counts)
            )
        else { throw BlobDamage("a sketch is out of range") }
        return sketch
    }
}
