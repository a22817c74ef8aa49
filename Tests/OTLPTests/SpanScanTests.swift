import COTLP
import Telemetry
import TestSupport
import Testing

@testable import OTLP

/// Spans are read in place by `SpanScan`; protobuf-c, which reads all else, is the judge of it.
struct SpanScanTests {
    /// What a reader found in a span.
    private struct Found: Equatable {
        var traceID: [UInt8]
        var spanID: [UInt8]
        var parentID: [UInt8]
        var traceState: [UInt8]
        var name: [UInt8]
        var kind: Int32
        var start: UInt64
        var end: UInt64
        var attributes: [[UInt8]]
        var events: [[UInt8]]
        var links: [[UInt8]]
        var hasLosses: Bool
        var status: Int32
        var flags: UInt32
    }

    private func scanned(_ bytes: [UInt8]) -> Found? {
        var scan = SpanScan()
        return bytes.withUnsafeBytes { bytes in
            guard scan.scan(bytes, limits: DecodingLimits()) == nil else { return nil }
            return Found(
                traceID: Array(scan.traceID),
                spanID: Array(scan.spanID),
                parentID: Array(scan.parentID),
                traceState: Array(scan.traceState),
                name: Array(scan.name),
                kind: Int32(truncatingIfNeeded: scan.kindNumber),
                start: scan.startNanoseconds,
                end: scan.endNanoseconds,
                attributes: scan.attributes.elements.map { Array($0) },
                events: scan.events.elements.map { Array($0) },
                links: scan.links.elements.map { Array($0) },
                hasLosses: scan.hasLosses,
                status: Int32(truncatingIfNeeded: scan.statusNumber),
                flags: scan.flags
            )
        }
    }

    private func unpacked(_ bytes: [UInt8]) -> Found? {
        guard let message = otlp__span__unpack(nil, bytes.count, bytes) else { return nil }
        defer { otlp__span__free_unpacked(message, nil) }
        let span = message.pointee
        func list(_ start: UnsafeMutablePointer<ProtobufCBinaryData>?, _ count: Int) -> [[UInt8]] {
            UnsafeBufferPointer(start: start, count: count).map { Array($0.buffer) }
        }
        return Found(
            traceID: Array(span.trace_id.buffer),
            spanID: Array(span.span_id.buffer),
            parentID: Array(span.parent_span_id.buffer),
            traceState: Array(span.trace_state.buffer),
            name: Array(span.name.buffer),
            kind: span.kind,
            start: span.start_time_unix_nano,
            end: span.end_time_unix_nano,
            attributes: list(span.attributes, span.n_attributes),
            events: list(span.events, span.n_events),
            links: list(span.links, span.n_links),
            hasLosses: span.dropped_attributes_count | span.dropped_events_count | span.dropped_links_count > 0,
            status: span.status?.pointee.code ?? 0,
            flags: span.flags
        )
    }

    private func randomSpan(_ random: inout SeededGenerator) -> [UInt8] {
        func bytes(_ limit: UInt64, _ random: inout SeededGenerator) -> [UInt8] {
            (0..<(random.next() % limit)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        }
        return WireMessage.make { span in
            for _ in 0..<(random.next() % 24) {
                switch random.next() % 16 {
                case 0: span.bytes(1, bytes(20, &random))
                case 1: span.bytes(2, bytes(10, &random))
                case 2: span.bytes(3, bytes(10, &random))
                case 3: span.bytes(4, bytes(10, &random))
                case 4: span.bytes(5, bytes(200, &random))
                case 5: span.explicitVarint(6, random.next() % 8)
                case 6: span.fixed64(7, random.next())
                case 7: span.fixed64(8, random.next())
                case 8: span.explicitVarint(10, random.next() % 2)
                case 9: span.bytes(11, bytes(20, &random))
                case 10: span.bytes(13, bytes(20, &random))
                case 11: span.message(15) { $0.explicitVarint(3, 2) }
                case 12: span.fixed32(16, UInt32(truncatingIfNeeded: random.next()))
                case 13: span.bytes(90, bytes(20, &random))
                default: span.bytes(9, bytes(40, &random))
                }
            }
        }
    }

    @Test func `reads what protobuf-c reads`() {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<3_000 {
            let bytes = randomSpan(&random)
            let found = scanned(bytes)
            #expect(found != nil)
            #expect(found == unpacked(bytes))
        }
    }

    @Test func `never reads a damaged span otherwise than protobuf-c`() {
        var random = SeededGenerator(seed: 12)
        var both = 0
        for _ in 0..<6_000 {
            var bytes = randomSpan(&random)
            guard !bytes.isEmpty else { continue }
            bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
            // The two need not agree on what is malformed: ours refuses more, such as groups.
            guard let found = scanned(bytes), let judge = unpacked(bytes) else { continue }
            both += 1
            #expect(found == judge)
        }
        #expect(both > 1_000)
    }
}
