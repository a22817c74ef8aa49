package import Telemetry

/// Joins a run's requests with its spans.
///
/// Pure: the same requests and spans give the same run, in whatever order and batches the spans came. Linear in the
/// number of spans but for the sorting inside a trace.
package struct Correlator: Sendable {
    private let numbering: RequestNumbering
    private let vocabulary: Vocabulary
    private let settings: CorrelationSettings

    package init(
        numbering: RequestNumbering,
        vocabulary: Vocabulary,
        settings: CorrelationSettings = CorrelationSettings()
    ) {
        self.numbering = numbering
        self.vocabulary = vocabulary
        self.settings = settings
    }

    /// Joins, walks and sums up.
    ///
    /// - Parameters:
    ///   - load: what the generator measured; samples in any order.
    ///   - testNames: endpoint names, indexed by `TestLoad.test`.
    ///   - spans: a store's snapshot after the drain.
    ///   - rejectedSpans: spans the receiver refused as invalid.
    /// - Returns: one test a test of the load, in the same order.
    package func correlate(
        _ load: LoadResult,
        testNames: [String],
        spans: StoredSpans,
        rejectedSpans: Int
    ) -> CorrelatedRun {
        let ours = spans.spans.rowsByTrace().filter { spans.spans.traceHigh[Int($0)] == numbering.prefix }
        let deduplication = SpanDeduplication(spans.spans, rows: ours)
        let run = RunSpans(
            spans.spans.selecting(deduplication.kept),
            numbering: numbering,
            vocabulary: vocabulary,
            settings: settings
        )
        let join = RequestJoin(load, run: run, removed: deduplication.removed, numbering: numbering, settings: settings)
        let tests = load.tests.enumerated().map { index, test in
            let name = testNames.indices.contains(test.test) ? testNames[test.test] : "test \(test.test)"
            return CorrelatedTest(
                load: test,
                name: name,
                traces: join.traces[index],
                completeness: join.completeness[index],
                profile: profile(of: join.traces[index], samples: test.samples, name: name, in: run)
            )
        }
        var completeness = Completeness()
        for test in tests { completeness.merge(test.completeness) }
        completeness.spans = run.spans.count
        completeness.collidingSpans = deduplication.removed.count { $0.isCollision }
        completeness.duplicateSpans = deduplication.removed.count - completeness.collidingSpans
        completeness.foreignSpans = spans.foreign + spans.spans.count - ours.count
        completeness.evictedSpans = spans.evicted
        completeness.rejectedSpans = rejectedSpans
        return CorrelatedRun(
            vocabulary: vocabulary,
            spans: run.spans,
            tests: tests,
            completeness: completeness,
            services: run.operations.services(in: run.spans)
        )
    }

    private func profile(
        of traces: [JoinedTrace],
        samples: RequestLog,
        name: String,
        in run: RunSpans
    ) -> EndpointProfile {
        var builder = ProfileBuilder(endpoint: name, settings: settings)
        var walk = TraceWalk(run, settings: settings)
        for trace in traces where trace.state == .complete {
            let sample = samples[trace.sample]
            if let confidence = walk.walk(sample, rows: trace.rows), confidence >= settings.minimumConfidence {
                builder.add(walk, traceID: trace.traceID, outcome: sample.outcome)
            } else {
                builder.exclude()
            }
        }
        return builder.profile(vocabulary: vocabulary)
    }
}
