import Analysis
import Correlation
import Telemetry

/// Spans of traces in which `orders` runs a query again and again, beside a profile that says the same.
struct QueryTraces {
    /// Queries of each trace in turn.
    var counts: [Int]
    /// Nanoseconds of one query, and between two; negative gaps make queries overlap.
    var queryNanoseconds: UInt64 = 2_000_000
    var gap: Int64 = 100_000
    /// Length of the whole request.
    var rootNanoseconds: UInt64 = 60_000_000
    /// By how much the issuer's own time on the critical path is longer than in the baseline.
    var issuerMilliseconds = 0.0
    var statement = EndpointModel.itemsQuery
    var hasSourceQuery = true
    var traces = 40

    /// The run, with as many items queries in the profile as in the spans.
    func run() -> CorrelatedRun {
        let vocabulary = Vocabulary()
        var spans = SpanTable()
        var joined: [JoinedTrace] = []
        let model = EndpointModel.shop()
        for number in 0..<traces {
            let start = spans.count
            append(number, vocabulary, model, to: &spans)
            joined.append(
                JoinedTrace(
                    traceID: SimulatedRuns.numbering.traceID(of: UInt64(number)),
                    sample: number,
                    state: .complete,
                    rows: start..<spans.count,
                    root: start
                )
            )
        }
        var noise = Noise(seed: 9)
        var loaded = model
        loaded.traces = traces
        let typical = counts.sorted()[counts.count / 2]
        loaded.paths[EndpointModel.Shop.items].calls = max(1, typical)
        loaded.paths[EndpointModel.Shop.items].milliseconds = Double(typical) * Double(queryNanoseconds) / 1e6
        loaded.paths[EndpointModel.Shop.orders].milliseconds += issuerMilliseconds
        var test = SimulatedRuns.test(loaded, &noise)
        test.traces = joined
        return SimulatedRuns.run([test], spans: spans, vocabulary: vocabulary)
    }

    /// The run beside baselines with one query a request.
    func compared(baselines count: Int = 5) -> ComparedRun {
        let run = run()
        var noise = Noise(seed: 11)
        let before = SimulatedRuns.baselines(.shop(), &noise, count: count)
        let comparison = BaselineComparator()
            .compare(run.tests[0], with: before, environment: SimulatedRuns.environment)
        return ComparedRun(run: run, comparisons: [comparison])
    }

    private func append(_ number: Int, _ vocabulary: Vocabulary, _ model: EndpointModel, to spans: inout SpanTable) {
        let traceID = SimulatedRuns.numbering.traceID(of: UInt64(number))
        let base: UInt64 = 1_000_000_000
        var next: UInt64 = 1
        func span(_ path: Int, parent: UInt64, from start: UInt64, to end: UInt64, statement: String = "") -> UInt64 {
            defer { next += 1 }
            spans.append(
                SpanFields(
                    traceID: traceID,
                    spanID: SpanID(next),
                    parentID: SpanID(parent),
                    startNanoseconds: base + start,
                    endNanoseconds: base + end,
                    operation: vocabulary.intern(model.paths[path].frame.operation),
                    kind: model.paths[path].frame.operation.kind,
                    statement: vocabulary.intern(statement)
                )
            )
            return next
        }
        let root = span(EndpointModel.Shop.frontend, parent: 9_999, from: 0, to: rootNanoseconds)
        let orders = span(EndpointModel.Shop.orders, parent: root, from: 1_000, to: rootNanoseconds - 1_000)
        var time: Int64 = 10_000
        if hasSourceQuery {
            _ = span(
                EndpointModel.Shop.ordersQuery,
                parent: orders,
                from: 2_000,
                to: 9_000,
                statement: "SELECT id FROM orders"
            )
        }
        for _ in 0..<counts[number % counts.count] {
            let start = UInt64(time)
            _ = span(
                EndpointModel.Shop.items,
                parent: orders,
                from: start,
                to: start + queryNanoseconds,
                statement: statement
            )
            time += Int64(queryNanoseconds) + gap
        }
    }
}
