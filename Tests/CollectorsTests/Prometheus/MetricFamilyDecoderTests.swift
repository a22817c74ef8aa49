import Collectors
import Telemetry
import TestSupport
import Testing

@testable import OTLP

@Suite struct MetricFamilyDecoderTests {
    private static let type =
        "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited"

    /// Families, each behind its length.
    private func body(_ families: [(inout ProtobufWriter) -> Void]) -> [UInt8] {
        families.flatMap { write in
            // A message field is a tag, a length and the message: without the tag it is the delimited form.
            var writer = ProtobufWriter()
            writer.message(1, write)
            return Array(writer.bytes.dropFirst())
        }
    }

    private func parse(
        _ body: [UInt8],
        type: String = type,
        limits: ExpositionLimits = ExpositionLimits()
    ) throws(ExpositionError) -> [MetricPoint] {
        try ExpositionParser(limits: limits).parse(body, contentType: type, at: 42)
    }

    private func family(
        _ name: String,
        type: UInt64,
        _ metric: @escaping (inout ProtobufWriter) -> Void
    ) -> (inout ProtobufWriter) -> Void {
        { family in
            family.string(1, name)
            family.varint(3, type)
            family.message(4, metric)
        }
    }

    private func label(_ name: String, _ value: String, to metric: inout ProtobufWriter) {
        metric.message(1) { pair in
            pair.string(1, name)
            pair.string(2, value)
        }
    }

    private func exemplar(_ field: Int, to writer: inout ProtobufWriter) {
        writer.message(field) { exemplar in
            label("trace_id", "0af7651916cd43dd8448eb211c80319c", to: &exemplar)
            label("span_id", "b7ad6b7169203331", to: &exemplar)
            exemplar.fixed64(2, 0.5.bitPattern)
            exemplar.message(3) { time in
                time.varint(1, 7)
                time.varint(2, 5)
            }
        }
    }

    private let trace = MetricExemplar(
        traceID: TraceID(high: 0x0af7_6519_16cd_43dd, low: 0x8448_eb21_1c80_319c),
        spanID: SpanID(0xb7ad_6b71_6920_3331),
        value: 0.5,
        timeNanoseconds: 7_000_000_005
    )

    @Test func `counters, gauges and summaries give the points of their text form`() throws {
        let points = try parse(
            body([
                family("hits_total", type: 0) { metric in
                    label("code", "200", to: &metric)
                    metric.message(3) { counter in
                        counter.fixed64(1, 3.0.bitPattern)
                        exemplar(2, to: &counter)
                    }
                },
                family("heat", type: 1) { metric in metric.message(2) { $0.fixed64(1, (-1.5).bitPattern) } },
                family("gc", type: 2) { metric in
                    metric.message(4) { summary in
                        summary.varint(1, 4)
                        summary.fixed64(2, 0.25.bitPattern)
                        summary.message(3) { quantile in
                            quantile.fixed64(1, 0.5.bitPattern)
                            quantile.fixed64(2, 0.125.bitPattern)
                        }
                    }
                },
            ])
        )
        #expect(points.map(\.name) == ["hits_total", "heat", "gc", "gc_sum", "gc_count"])
        #expect(points.map(\.value) == [3, -1.5, 0.125, 0.25, 4])
        #expect(points.map(\.kind) == [.counter, .gauge, .summary, .summary, .summary])
        #expect(points[0].labels == ["code": "200"])
        #expect(points[0].exemplars == [trace])
        #expect(points[2].labels == ["quantile": "0.5"])
        #expect(points.allSatisfy { $0.timeNanoseconds == 42 })
    }

    @Test func `a classic histogram ends in a +Inf bucket even when none was sent`() throws {
        let points = try parse(
            body([
                family("latency", type: 4) { metric in
                    metric.message(7) { histogram in
                        histogram.varint(1, 9)
                        histogram.fixed64(2, 2.5.bitPattern)
                        histogram.message(3) { bucket in
                            bucket.varint(1, 6)
                            bucket.fixed64(2, 0.1.bitPattern)
                            exemplar(3, to: &bucket)
                        }
                    }
                }
            ])
        )
        #expect(points.map(\.name) == ["latency_bucket", "latency_bucket", "latency_sum", "latency_count"])
        #expect(points.map(\.value) == [6, 9, 2.5, 9])
        #expect(points.compactMap { $0.labels["le"] } == ["0.1", "+Inf"])
        #expect(points[0].exemplars == [trace])
    }

    @Test func `an exponential histogram is one native histogram, its deltas summed up`() throws {
        let points = try parse(
            body([
                family("latency", type: 4) { metric in
                    metric.message(7) { histogram in
                        histogram.varint(1, 10)
                        histogram.fixed64(2, 2.5.bitPattern)
                        histogram.varint(5, 6)  // schema 3, zigzag
                        histogram.fixed64(6, 0.001.bitPattern)
                        histogram.varint(7, 1)
                        for (offset, length) in [(UInt64(3), UInt64(2)), (2, 1)] {  // -2 and 1, zigzag
                            histogram.message(12) { span in
                                span.varint(1, offset)
                                span.varint(2, length)
                            }
                        }
                        // 2, then +2 = 4, then -1 = 3, packed and zigzag.
                        histogram.message(13) { $0.raw([4, 4, 1]) }
                    }
                }
            ])
        )
        let histogram = try #require(points.first?.histogram)
        #expect(points.count == 1)
        #expect(histogram.schema == 3)
        #expect(histogram.count == 10)
        #expect(histogram.zeroCount == 1)
        #expect(histogram.positive.map(\.index) == [-2, -1, 1])
        #expect(histogram.positive.map(\.count) == [2, 4, 3])
    }

    @Test func `spans that claim more buckets than were sent are malformed, however many`() {
        for claim in [UInt64(2), 1 << 20, UInt64(UInt32.max), .max] {
            let body = body([
                family("latency", type: 4) { metric in
                    metric.message(7) { histogram in
                        histogram.message(12) { $0.varint(2, claim) }
                        histogram.message(13) { $0.raw([2]) }
                    }
                }
            ])
            #expect(throws: ExpositionError.self) { try parse(body) }
        }
    }

    @Test func `limits hold, and the type's parameters must fit`() {
        let many = body(
            (0..<20).map { number in
                family("m\(number)", type: 1) { metric in metric.message(2) { $0.fixed64(1, 0) } }
            }
        )
        #expect(throws: ExpositionError.tooManySeries(limit: 5)) { try parse(many, limits: .init(series: 5)) }
        #expect(throws: ExpositionError.self) { try parse(many, type: "application/vnd.google.protobuf") }
        #expect(throws: ExpositionError.tooLong(line: 1, limit: 1)) { try parse(many, limits: .init(textBytes: 1)) }
    }

    @Test func `no damaged body crashes the decoder`() {
        let whole = body([
            family("hits_total", type: 0) { metric in
                label("code", "200", to: &metric)
                metric.message(3) { counter in
                    counter.fixed64(1, 3.0.bitPattern)
                    exemplar(2, to: &counter)
                }
            }
        ])
        var random = SeededGenerator(seed: 9)
        var refused = 0
        for _ in 0..<5_000 {
            var bytes = Array(whole.prefix(Int.random(in: 0...whole.count, using: &random)))
            for _ in 0..<Int.random(in: 0...3, using: &random) where !bytes.isEmpty {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if (try? parse(bytes)) == nil { refused += 1 }
        }
        #expect(refused > 1_000)
    }
}
