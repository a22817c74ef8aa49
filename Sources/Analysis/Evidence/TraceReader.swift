import Correlation
import Telemetry

/// The walked traces of one test with the columns to look into them.
///
/// Detectors that need more than the profile share it: columns are read in place, nothing is walked again.
struct TraceReader: Sendable {
    let test: ComparedTest
    let spans: SpanTable
    let context: SpanContext
    let vocabulary: Vocabulary
    private let messages: [LinkedMessage]
    /// By number: read without the vocabulary's lock.
    private let attributeTable: [SpanAttribute]
    /// Traces whose critical path counts, in order of request number; of very many an even choice.
    private(set) var traces: [JoinedTrace]

    /// Spans that shares, medians and modes are estimated from; more make them no better, only later.
    private static let spanLimit = 160_000
    /// Traces that are read however large they are.
    private static let leastTraces = 2_000

    /// `nil` when the run has no context, or the test no walked trace.
    init?(_ test: ComparedTest, in run: CorrelatedRun) {
        guard !run.context.isEmpty else { return nil }
        let context = run.context
        traces = test.test.traces.filter { trace in
            trace.state == .complete && trace.root.map { context.marks[$0].contains(.walked) } ?? false
        }
        guard !traces.isEmpty else { return nil }
        self.test = test
        self.context = context
        spans = run.spans
        vocabulary = run.vocabulary
        messages = run.messages
        attributeTable = run.vocabulary.attributes
        let rows = traces.reduce(0) { $0 + $1.rows.count }
        traces = TraceReader.thinned(
            traces,
            to: max(TraceReader.leastTraces, TraceReader.spanLimit * traces.count / max(1, rows))
        )
    }

    /// With at most so many of the traces, evenly chosen.
    func thinned(to limit: Int) -> TraceReader {
        var thinned = self
        thinned.traces = TraceReader.thinned(traces, to: limit)
        return thinned
    }

    private static func thinned(_ traces: [JoinedTrace], to limit: Int) -> [JoinedTrace] {
        guard traces.count > limit, limit > 0 else { return traces }
        return (0..<limit).map { traces[$0 * traces.count / limit] }
    }

    var count: Double { Double(traces.count) }

    /// From sending to the last byte, nanoseconds.
    func duration(of trace: JoinedTrace) -> UInt64 { test.test.load.samples[trace.sample].serviceNanoseconds }

    /// Unix nanoseconds.
    func start(of trace: JoinedTrace) -> UInt64 { test.test.load.samples[trace.sample].sentAt }

    func milliseconds(_ row: Int) -> Double { Double(spans.durationNanoseconds(of: row)) / 1e6 }

    func operation(_ row: Int) -> OperationKey { vocabulary.operation(spans.operation[row]) }

    func isError(_ row: Int) -> Bool { spans.isError(row) }

    func attributes(of row: Int) -> [SpanAttribute] {
        spans.attributes(of: row).map { attributeTable[Int($0.rawValue)] }
    }

    /// The value of one attribute; `nil` where the span has none of that name.
    func attribute(_ key: StringID, of row: Int) -> StringID? {
        for id in spans.attributes(of: row) where attributeTable[Int(id.rawValue)].key == key {
            return attributeTable[Int(id.rawValue)].value
        }
        return nil
    }

    /// Frames to a span's path; empty where it has none.
    func stack(_ row: Int) -> [PathFrame] {
        let path = Int(context.path[row])
        return test.profile.paths.indices.contains(path) ? test.profile.stack(to: path) : []
    }

    /// What links tell of messages that the spans of a trace sent.
    func messages(of trace: JoinedTrace) -> ArraySlice<LinkedMessage> {
        guard !messages.isEmpty else { return [] }
        var (low, high) = (0, messages.count)
        while low < high {
            let middle = (low + high) / 2
            if messages[middle].producer < trace.rows.lowerBound { low = middle + 1 } else { high = middle }
        }
        return messages[low...].prefix { $0.producer < trace.rows.upperBound }
    }

    /// Whether a span called so many others; cheaper than to list them.
    func hasChildren(_ row: Int, atLeast count: Int) -> Bool {
        var (child, left) = (context.firstChild[row], count)
        while left > 0, child >= 0 { (child, left) = (context.nextSibling[Int(child)], left - 1) }
        return left == 0
    }

    /// Children that their caller may wait for, in order of start.
    func blockingChildren(of row: Int) -> [Int] {
        context.children(of: row).filter { child in
            !context.marks[child].contains(.detached) && spans.endNanoseconds[child] > spans.startNanoseconds[child]
        }
    }

    /// Critical time per request of every path over some traces, milliseconds, with the client's own at index 0.
    func criticalMeans(of traces: [JoinedTrace]) -> [Double] {
        var sums = [Double](repeating: 0, count: test.profile.paths.count)
        for trace in traces {
            var rest = Double(duration(of: trace))
            for row in trace.rows where context.path[row] >= 0 {
                sums[Int(context.path[row])] += Double(context.critical[row])
                rest -= Double(context.critical[row])
            }
            if !sums.isEmpty { sums[0] += rest }
        }
        return sums.map { $0 / 1e6 / Double(max(1, traces.count)) }
    }

    /// The path by which two groups of traces differ most, and by how many milliseconds a request.
    func contrast(_ slow: [JoinedTrace], _ others: [JoinedTrace]) -> (path: Int, milliseconds: Double)? {
        zip(criticalMeans(of: slow), criticalMeans(of: others)).enumerated()
            .map { ($0.offset, $0.element.0 - $0.element.1) }
            .max { $0.1 < $1.1 }
            .map { (path: $0.0, milliseconds: $0.1) }
    }
}

extension ComparedRun {
    /// The tests that have traces to look into.
    var readers: [TraceReader] { prepared?.readers ?? comparedTests.compactMap { TraceReader($0, in: run) } }

    /// The same run with what all detectors ask of it made once.
    func preparedForDetectors() -> ComparedRun {
        var run = self
        let tests = comparedTests
        run.prepared = Prepared(tests: tests, readers: tests.compactMap { TraceReader($0, in: self.run) })
        return run
    }

    struct Prepared: Sendable {
        var tests: [ComparedTest]
        var readers: [TraceReader]
    }

    /// Findings of every test that has traces to look into.
    func findings(_ detect: (TraceReader) -> [Finding]) -> [Finding] {
        readers.flatMap(detect)
    }
}
