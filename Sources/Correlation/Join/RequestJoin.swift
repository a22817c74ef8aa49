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
        for (place, entry) in index.entries.enumerated() {
            let measured = load.tests[Int(entry.test)]
            let sample = measured.samples[Int(entry.sample)]
            guard sample.isMeasured(in: measured) else { continue }
            let isSampled = settings.isSampled(entry.number)
            let trace = JoinedTrace(
                traceID: identity.traceID(of: entry.number),
                sample: Int(entry.sample),
                state: run.state(of: sample, rows: rows[place], isSampled: isSampled),
                rows: rows[place],
                root: run.root(of: rows[place])
            )
            traces[Int(entry.test)].append(trace)
            completeness[Int(entry.test)].count(trace)
        }
        for span in removed {
            guard
                let number = identity.number(of: span.traceID),
                let entry = index.entry(of: number).map({ index.entries[$0] })
            else { continue }
            let measured = load.tests[Int(entry.test)]
            guard measured.samples[Int(entry.sample)].isMeasured(in: measured) else { continue }
            if span.isCollision {
                completeness[Int(entry.test)].collidingSpans += 1
            } else {
                completeness[Int(entry.test)].duplicateSpans += 1
            }
        }
    }
}

extension RequestSample {
    /// Whether it was due after the warm-up.
    fileprivate func isMeasured(in test: TestLoad) -> Bool { test.isMeasured(at: scheduledAt) }
}

extension Completeness {
    fileprivate mutating func count(_ trace: JoinedTrace) {
        requested += 1
        states[trace.state, default: 0] += 1
        spans += trace.rows.count
    }
}
