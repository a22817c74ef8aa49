import Telemetry

/// The traces of a table that is sorted by trace.
struct TraceRows: Sequence {
    struct Trace {
        var rows: Range<Int>
        /// Of its earliest span, Unix nanoseconds.
        var start: UInt64
        /// Of its latest span.
        var end: UInt64
        /// Whether a span without a caller came.
        var hasRoot: Bool
    }

    let spans: SpanTable

    func makeIterator() -> Iterator { Iterator(spans: spans) }

    struct Iterator: IteratorProtocol {
        let spans: SpanTable
        private var position = 0

        init(spans: SpanTable) {
            self.spans = spans
        }

        mutating func next() -> Trace? {
            guard position < spans.count else { return nil }
            let first = position
            let (high, low) = (spans.traceHigh[first], spans.traceLow[first])
            var trace = Trace(rows: first..<first, start: .max, end: 0, hasRoot: false)
            var row = first
            while row < spans.count, spans.traceLow[row] == low, spans.traceHigh[row] == high {
                trace.start = Swift.min(trace.start, spans.startNanoseconds[row])
                trace.end = Swift.max(trace.end, spans.endNanoseconds[row])
                if spans.parentID[row] == 0 { trace.hasRoot = true }
                row += 1
            }
            trace.rows = first..<row
            position = row
            return trace
        }
    }

    /// The rows of a trace; empty for one that is not here.
    func rows(of id: TraceID) -> Range<Int> {
        var low = 0
        var high = spans.count
        while low < high {
            let middle = (low + high) / 2
            if (spans.traceLow[middle], spans.traceHigh[middle]) < (id.low, id.high) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        var end = low
        while end < spans.count, spans.traceID(of: end) == id { end += 1 }
        return low..<end
    }
}
