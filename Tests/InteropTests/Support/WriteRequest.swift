import Correlation
import Telemetry

@testable import OTLP

/// Series → the body of a remote write request, as a sender writes it.
enum WriteRequest {
    static func encode(_ series: [MetricSeries]) -> [UInt8] {
        var writer = ProtobufWriter()
        for one in series {
            writer.message(1) { message in
                for (name, value) in ([("__name__", one.name)] + one.labels.map { ($0.key, $0.value) }).sorted(by: <) {
                    message.message(1) { label in
                        label.string(1, name)
                        label.string(2, value)
                    }
                }
                for point in one.points {
                    message.message(2) { sample in
                        sample.fixed64(1, point.value.bitPattern)
                        sample.varint(2, point.timeNanoseconds / 1_000_000)
                    }
                }
                for point in one.histograms { message.message(4) { write(point, to: &$0) } }
            }
        }
        return writer.bytes
    }

    private static func write(_ point: MetricSeries.HistogramPoint, to writer: inout ProtobufWriter) {
        let histogram = point.value
        writer.fixed64(2, histogram.count.bitPattern)
        writer.fixed64(3, histogram.sum.bitPattern)
        writer.varint(4, zigzag(Int64(histogram.schema)))
        writer.fixed64(5, histogram.zeroThreshold.bitPattern)
        writer.fixed64(7, histogram.zeroCount.bitPattern)
        for (spans, counts, buckets) in [(8, 10, histogram.negative), (11, 13, histogram.positive)] {
            var next: Int32 = 0
            for (position, bucket) in buckets.enumerated() {
                writer.message(spans) { span in
                    span.varint(1, zigzag(Int64(position == 0 ? bucket.index : bucket.index - next)))
                    span.varint(2, 1)
                }
                next = bucket.index + 1
            }
            if !buckets.isEmpty {
                writer.message(counts) { packed in
                    for bucket in buckets {
                        packed.raw((0..<8).map { UInt8(truncatingIfNeeded: bucket.count.bitPattern >> (8 * $0)) })
                    }
                }
            }
        }
        writer.varint(15, point.timeNanoseconds / 1_000_000)
    }

    private static func zigzag(_ value: Int64) -> UInt64 { UInt64(bitPattern: value << 1 ^ value >> 63) }

    /// Snappy's block format without any compression: valid, and enough for a sender in a test.
    static func snappyLiterals(_ bytes: [UInt8]) -> [UInt8] {
        var block: [UInt8] = []
        var length = bytes.count
        while length >= 0x80 {
            block.append(UInt8(truncatingIfNeeded: length) | 0x80)
            length >>= 7
        }
        block.append(UInt8(length))
        for start in stride(from: 0, to: bytes.count, by: 60) {
            let piece = bytes[start..<min(start + 60, bytes.count)]
            block.append(UInt8(piece.count - 1) << 2)
            block += piece
        }
        return block
    }
}
