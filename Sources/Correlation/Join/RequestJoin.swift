import Telemetry

/// Every measured request with its trace, and what became of each trace id.
///
/// Warm-up requests get their spans as well, so that these are not foreign, but are in no test's traces or counts.
struct RequestJoin {
    /// One list a test of the load, in order of request number.
    private(set) var traces: [[JoinedTrace]]
    /// One a test of the load; what belongs to no measured request is left to the run's.
    private(set) var completeness: [Completeness]

    init(
        _ load: LoadResult,
        run: RunSpans,
        index: SampleIndex,
        removed: [SpanDeduplication.Removed],
        identity: RequestIdentity,
        settings: CorrelationSettings
    ) {
        traces = load.tests.map { _ in [] }
        completeness = load.tests.map { _ in Completeness() }
        var rows = [Range<Int>](repeating: 0..<0, count: index.entries.count)
        for trace in run.forest.traces {
            let number = identity.number(of: run.spans.traceID(of: trace.lowerBound))
            if let number, let entry = index.entry(of: number) { rows[entry] = trace }
        }
        for (test, measured) in load.tests.enumerated() { traces[test].reserveCapacity(measured.samples.count) }
        for (place, entry) in index.entries.enumerated() {
            let test = Int(entry.test)
            let sample = load.tests[test].samples[Int(entry.sample)]
            guard load.tests[test].isMeasured(at: sample.scheduledAt) else { continue }
            let isSampled = settings.isSampled(entry.number)
            let trace = JoinedTrace(
                traceID: identity.traceID(of: entry.number),
                sample: Int(entry.sample),
                state: run.state(of: sample, rows: rows[place], isSampled: isSampled),
                rows: rows[place],
                root: run.root(of: rows[place])
            )
            traces[test].append(trace)
        }
        for test in traces.indices { completeness[test].count(traces[test]) }
        for span in removed {
            guard
                let number = identity.number(of: span.traceID),
                let entry = index.entry(of: number).map({ index.entries[$0] })
            else { continue }
            let measured = load.tests[Int(entry.test)]
            guard measured.isMeasured(at: measured.samples[Int(entry.sample)].scheduledAt) else { continue }
            if span.isCollision {
                completeness[Int(entry.test)].collidingSpans += 1
            } else {
                completeness[Int(entry.test)].duplicateSpans += 1
            }
        }
    }
}

extension Completeness {
    fileprivate mutating func count(_ traces: [JoinedTrace]) {
        requested += traces.count
        for state in TraceState.allCases {
            let count = traces.count { $0.state == state }
            if count > 0 { states[state] = count }
        }
        spans += traces.reduce(0) { $0 + $1.rows.count }
    }
}
