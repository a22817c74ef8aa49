import Telemetry

/// Finds single spans of a run by their ids.
struct SpanFinder {
    private let run: RunSpans

    init(_ run: RunSpans) {
        self.run = run
    }

    /// Bisection over the traces, which are sorted by id, then through the trace.
    func row(of span: SpanID, in trace: TraceID) -> Int? {
        let traces = run.forest.traces
        var (low, high) = (0, traces.count)
        while low < high {
            let middle = (low + high) / 2
            let id = run.spans.traceID(of: traces[middle].lowerBound)
            if (id.low, id.high) < (trace.low, trace.high) { low = middle + 1 } else { high = middle }
        }
        guard low < traces.count, run.spans.traceID(of: traces[low].lowerBound) == trace else { return nil }
        return traces[low].first { run.spans.spanID[$0] == span.rawValue }
    }
}
