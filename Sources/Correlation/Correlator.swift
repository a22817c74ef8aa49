import Statistics
package import Telemetry

/// Joins a run's requests with its spans.
///
/// Pure: the same requests and spans give the same run, in whatever order and batches the spans came. Linear in the
/// number of spans but for the sorting inside a trace.
package struct Correlator: Sendable {
    private let identity: RequestIdentity
    private let vocabulary: Vocabulary
    private let settings: CorrelationSettings

    package init(
        numbering: RequestNumbering,
        vocabulary: Vocabulary,
        settings: CorrelationSettings = CorrelationSettings()
    ) {
        self.init(identity: .issued(numbering), vocabulary: vocabulary, settings: settings)
    }

    package init(
        identity: RequestIdentity,
        vocabulary: Vocabulary,
        settings: CorrelationSettings = CorrelationSettings()
    ) {
        self.identity = identity
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
        spans: consuming StoredSpans,
        rejectedSpans: Int
    ) -> CorrelatedRun {
        let (foreign, evicted) = (spans.foreign, spans.evicted)
        let (links, strangerSpans) = (spans.notes.links, spans.foreignSpans)
        // In place, unless the caller holds on to the spans.
        var table = spans.takeSpans()
        table.sortByTrace()
        let strangers = identity.removeForeign(from: &table)
        let deduplication = SpanDeduplication(table)
        if let kept = deduplication.kept { table.keep(kept) }
        let index = SampleIndex(load)
        let (run, clocks, settings) = adjusted(table, load, index)
        var context = SpanContext(callers: run.forest.callers)
        let join = RequestJoin(
            load,
            run: run,
            index: index,
            removed: deduplication.removed,
            identity: identity,
            settings: settings
        )
        let tests = load.tests.enumerated().map { index, test in
            let name = testNames.indices.contains(test.test) ? testNames[test.test] : "test \(test.test)"
            return CorrelatedTest(
                load: test,
                name: name,
                traces: join.traces[index],
                completeness: join.completeness[index],
                profile: profile(of: join.traces[index], samples: test.samples, name: name, in: run, settings, &context)
            )
        }
        var completeness = Completeness()
        for test in tests { completeness.merge(test.completeness) }
        completeness.spans = run.spans.count
        completeness.collidingSpans = deduplication.removed.count { $0.isCollision }
        completeness.duplicateSpans = deduplication.removed.count - completeness.collidingSpans
        completeness.foreignSpans = foreign + strangers
        completeness.evictedSpans = evicted
        completeness.rejectedSpans = rejectedSpans
        return CorrelatedRun(
            vocabulary: vocabulary,
            spans: run.spans,
            context: context,
            tests: tests,
            completeness: completeness,
            services: run.operations.services(in: run.spans),
            clocks: clocks,
            messages: LinkedMessage.all(links, in: run, others: strangerSpans)
        )
    }

    /// The spans on the generator's clock, what was learnt about clocks, and how much the walk may rely on them.
    ///
    /// The raw spans are left as they are; where all clocks agree nothing is moved.
    private func adjusted(
        _ spans: SpanTable,
        _ load: LoadResult,
        _ index: SampleIndex
    ) -> (RunSpans, [ClockOffset], CorrelationSettings) {
        let run = RunSpans(spans, identity: identity, vocabulary: vocabulary, settings: settings)
        let hosts = HostTable(spans, operations: run.operations, vocabulary: vocabulary)
        let estimation = ClockEstimation(run, hosts: hosts) { row in
            // Without a generator there is no clock but those of the hosts.
            guard case .issued(let numbering) = identity,
                let number = numbering.number(of: spans.traceID(of: row)), let entry = index.entry(of: number)
            else { return nil }
            let place = index.entries[entry]
            let sample = load.tests[Int(place.test)].samples[Int(place.sample)]
            return sample.outcome == .completed ? sample.sentAt..<max(sample.sentAt, sample.finishedAt) : nil
        }
        guard estimation.shifts.contains(where: { $0 != 0 }) else { return (run, estimation.offsets, settings) }
        var moved = spans.shiftingTimes { estimation.shifts[Int(hosts.numbers[$0])] }
        moved.sortByTrace()
        var settings = settings
        settings.skewUncertaintyNanoseconds = max(settings.skewUncertaintyNanoseconds, estimation.uncertainty)
        let corrected = RunSpans(moved, identity: identity, vocabulary: vocabulary, settings: settings)
        return (corrected, estimation.offsets, settings)
    }

    private func profile(
        of traces: [JoinedTrace],
        samples: RequestLog,
        name: String,
        in run: RunSpans,
        _ settings: CorrelationSettings,
        _ context: inout SpanContext
    ) -> EndpointProfile {
        let complete = traces.filter { $0.state == .complete }
        var durations = LatencyHistogram(subBucketBits: 10)
        for trace in complete {
            let sample = samples[trace.sample]
            durations.record(max(sample.sentAt, sample.finishedAt) - sample.sentAt)
        }
        var builder = ProfileBuilder(endpoint: name, settings: settings, durations: durations)
        var walk = TraceWalk(run, settings: settings)
        for trace in complete {
            let sample = samples[trace.sample]
            if let confidence = walk.walk(sample, rows: trace.rows), confidence >= settings.minimumConfidence {
                builder.add(walk, traceID: trace.traceID, outcome: sample.outcome)
                context.record(walk, paths: builder.pathsOfLastTrace)
            } else {
                builder.exclude()
            }
        }
        let places = builder.places()
        for trace in traces {
            for row in trace.rows where context.path[row] >= 0 { context.path[row] = places[Int(context.path[row])] }
        }
        var profile = builder.profile(vocabulary: vocabulary)
        if let typical = builder.typicalTrace, let trace = traces.first(where: { $0.traceID == typical }) {
            let sample = samples[trace.sample]
            profile.exemplar = ExemplarTrace(
                trace,
                of: sample,
                in: run.spans,
                context: context,
                vocabulary: vocabulary
            )
        }
        return profile
    }
}

extension SpanContext {
    /// Keeps what one walk found out; `paths` by node of the tree.
    fileprivate mutating func record(_ walk: TraceWalk, paths: [Int32]) {
        for node in walk.tree.reachable.dropFirst().lazy.map({ Int($0) }) {
            let row = walk.tree.row(of: node)
            path[row] = paths[node]
            selfTime[row] = walk.selfNanoseconds[node]
            var marks: SpanMarks = .walked
            if walk.isOrigin[node] { marks.insert(.errorOrigin) }
            if walk.roles[node] == .detached { marks.insert(.detached) }
            if walk.callees[node] >= 0 { marks.insert(.hasCallee) }
            self.marks[row] = marks
        }
        for segment in walk.path.segments where segment.node > 0 {
            critical[walk.tree.row(of: Int(segment.node))] += segment.end - segment.start
        }
    }
}
