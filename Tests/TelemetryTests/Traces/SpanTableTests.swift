import Telemetry
import TestSupport
import Testing

struct SpanTableTests {
    private func span(trace: UInt64, id: UInt64, start: UInt64, end: UInt64) -> SpanFields {
        SpanFields(
            traceID: TraceID(high: trace >> 1, low: trace),
            spanID: SpanID(id),
            parentID: SpanID(id / 2),
            startNanoseconds: start,
            endNanoseconds: end,
            operation: OperationID(UInt32(id % 5)),
            kind: .server,
            statement: StringID(2),
            errorType: StringID(3),
            instance: StringID(4),
            flags: [.error]
        )
    }

    private func attributes(_ count: UInt32) -> [AttributeID] {
        (0..<count).map { AttributeID($0 + 1) }
    }

    @Test func `gives back what was appended`() {
        var table = SpanTable()
        table.append(span(trace: 1, id: 10, start: 5, end: 9), attributes: attributes(2))
        table.append(span(trace: 2, id: 11, start: 6, end: 7))
        table.append(span(trace: 3, id: 12, start: 7, end: 8), attributes: attributes(3))
        #expect(table.count == 3)
        #expect(table.traceID(of: 1) == TraceID(high: 1, low: 2))
        #expect(table.durationNanoseconds(of: 0) == 4)
        #expect(Array(table.attributes(of: 0)) == attributes(2))
        #expect(table.attributes(of: 1).isEmpty)
        #expect(Array(table.attributes(of: 2)) == attributes(3))
        #expect(table.flags[0] == [.error])
    }

    @Test func `an end before the start is clamped`() {
        let fields = span(trace: 1, id: 1, start: 9, end: 3)
        #expect(fields.endNanoseconds == 9)
    }

    @Test func `copies rows with their attributes`() {
        var source = SpanTable()
        source.append(span(trace: 1, id: 1, start: 1, end: 2), attributes: attributes(1))
        source.append(span(trace: 2, id: 2, start: 3, end: 4), attributes: attributes(4))
        var copy = SpanTable()
        copy.append(row: 1, of: source)
        copy.append(row: 0, of: source)
        #expect(copy.spanID == [2, 1])
        #expect(Array(copy.attributes(of: 0)) == attributes(4))
        #expect(Array(copy.attributes(of: 1)) == attributes(1))
    }

    @Test(arguments: 0..<20 as Range<UInt64>) func `keeps rows in place as a copy of them would be`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var table = SpanTable()
        table.reserve(rows: 100, attributes: 200)
        for id in 1...100 as ClosedRange<UInt64> {
            table.append(
                span(trace: random.next() % 9, id: id, start: id, end: id + 1),
                attributes: attributes(UInt32(random.next() % 5))
            )
        }
        let rows = table.indices.filter { _ in random.next() % 3 == 0 }.map { UInt32($0) }
        let copy = table.selecting(rows)
        let before = table
        table.keep(rows)
        #expect(table.spanID == copy.spanID)
        #expect(table.traceLow == copy.traceLow)
        #expect(table.byteCount == copy.byteCount)
        for row in copy.indices { #expect(table.attributes(of: row) == copy.attributes(of: row)) }
        // What goes on from there is as if the others had never been.
        table.append(row: 99, of: before)
        #expect(table.attributes(of: table.count - 1) == before.attributes(of: 99))
    }

    @Test(arguments: 0..<20 as Range<UInt64>) func `sorts alike whatever the order of arrival`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var rows = (0..<200).map { index in
            (
                span: span(
                    trace: random.next() % 9,
                    id: UInt64(index),
                    start: random.next() % 20,
                    end: random.next() % 40
                ),
                attributes: attributes(UInt32(random.next() % 4))
            )
        }
        func table() -> SpanTable {
            var table = rows.reduce(into: SpanTable()) { $0.append($1.span, attributes: $1.attributes) }
            table.sortByTrace()
            return table
        }
        let first = table()
        rows.shuffle(using: &random)
        let second = table()
        #expect(first.spanID == second.spanID)
        #expect(first.indices.allSatisfy { first.attributes(of: $0) == second.attributes(of: $0) })
        #expect(Set(first.spanID).count == 200)
        for row in first.indices.dropFirst() {
            #expect(first.traceID(of: row - 1) <= first.traceID(of: row))
            if first.traceID(of: row - 1) == first.traceID(of: row) {
                #expect(first.startNanoseconds[row - 1] <= first.startNanoseconds[row])
            }
        }
    }

    @Test func `counts its bytes`() {
        var table = SpanTable()
        #expect(table.byteCount == 0)
        table.append(span(trace: 1, id: 1, start: 1, end: 2))
        let bare = table.byteCount
        table.append(span(trace: 1, id: 2, start: 1, end: 2), attributes: attributes(8))
        #expect(table.byteCount == 2 * bare + 32)
    }
}
