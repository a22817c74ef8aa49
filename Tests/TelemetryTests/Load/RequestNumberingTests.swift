import Telemetry
import TestSupport
import Testing

struct RequestNumberingTests {
    private static let edges: [UInt64] = [0, 1, 2, .max, .max - 1, 1 << 63, 0x5555_5555_5555_5555]

    @Test(arguments: 0..<10 as Range<UInt64>) func `gives every number back`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let numbering = RequestNumbering(prefix: random.next() | 1, key: random.next())
        let numbers = RequestNumberingTests.edges + (0..<2_000).map { _ in random.next() } + Array(0..<2_000)
        for number in numbers {
            #expect(numbering.number(of: numbering.traceID(of: number)) == number)
        }
    }

    @Test func `different numbers have different ids, none of them zero`() {
        let numbering = RequestNumbering(prefix: 1, key: 0)
        let traces = Set((0..<20_000 as Range<UInt64>).map { numbering.traceID(of: $0) })
        let spans = Set((0..<20_000 as Range<UInt64>).map { numbering.spanID(of: $0) })
        #expect(traces.count == 20_000)
        #expect(spans.count == 20_000)
        #expect(traces.allSatisfy { $0.isValid })
        #expect(spans.allSatisfy { $0.isValid })
    }

    @Test(arguments: edges) func `the number that mixes to zero still has a span id`(key: UInt64) {
        let numbering = RequestNumbering(prefix: 1, key: key)
        // mix(0) is 0, so this number would give span id 0: mix(key) is the low half of trace 0.
        let number = 0 &- numbering.traceID(of: 0).low
        #expect(numbering.spanID(of: number) == SpanID(1))
    }

    @Test func `knows nothing of another run's traces`() {
        let ours = RequestNumbering(prefix: 1, key: 2)
        let theirs = RequestNumbering(prefix: 3, key: 2)
        #expect(ours.number(of: theirs.traceID(of: 7)) == nil)
    }

    @Test func `writes a sampled traceparent`() {
        let numbering = RequestNumbering(prefix: 0xABC, key: 5)
        let header = numbering.traceparent(of: 9)
        #expect(header == "00-\(numbering.traceID(of: 9).hex)-\(numbering.spanID(of: 9).hex)-03")
        #expect(header.utf8.count == 55)
    }
}
