import Correlation
import Statistics
import Telemetry
import TestSupport
import Testing

/// Properties of the walk over thousands of random trees, three in ten spans ending after their parent.
@Suite struct CriticalPathPropertyTests {
    private static func forest(seed: UInt64, requests: Int = 600) -> SyntheticRun {
        SyntheticRun(requests: requests, seed: seed) { request in
            request.randomTree(spans: 2 + request.index % 45)
        }
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func `segments tile every request to the nanosecond`(seed: UInt64) {
        let walked = WalkedRequest.all(of: CriticalPathPropertyTests.forest(seed: seed))
        #expect(walked.count == 600)
        #expect(walked.allSatisfy { $0.tiles })
        #expect(walked.allSatisfy { $0.confidence.map { (0...1).contains($0) } ?? false })
        #expect(walked.allSatisfy { $0.time.values.reduce(0, +) == $0.duration })
        // The trees do exercise the rules: spans are on the path, children are passed over, clips are doubtful.
        #expect(walked.contains { $0.segments.contains { $0.overlappedBy != nil } })
        #expect(walked.contains { ($0.confidence ?? 1) < 0.5 })
        #expect(walked.contains { $0.segments.count > 10 })
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `the profile adds up to the requests it sums`(seed: UInt64) {
        let profile = CriticalPathPropertyTests.forest(seed: seed).correlated().tests[0].profile
        #expect(profile.traces > 100)
        #expect(profile.paths.reduce(0) { $0 + $1.criticalNanoseconds } == profile.duration.sum)
        #expect(profile.paths.reduce(0) { $0 + $1.critical.sum } == profile.duration.sum)
        for (index, path) in profile.paths.enumerated() {
            #expect(path.parent.map { $0 < index } ?? (index == 0))
            #expect(path.traces <= path.calls)
            #expect(path.calls == Int(path.callDuration.count))
            #expect(path.selfNanoseconds <= path.totalNanoseconds)
        }
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `no order of arrival changes anything`(seed: UInt64) {
        let run = CriticalPathPropertyTests.forest(seed: seed, requests: 200)
        let expected = run.correlated()
        for order in 1...3 as ClosedRange<UInt64> {
            let correlated = run.correlated(spans: run.shuffledSpans(seed: order))
            #expect(correlated.tests[0].profile == expected.tests[0].profile)
            #expect(correlated.completeness == expected.completeness)
            #expect(correlated.spans.spanID == expected.spans.spanID)
        }
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `shifting all clocks changes nothing`(seed: UInt64) {
        let run = CriticalPathPropertyTests.forest(seed: seed, requests: 200)
        let shift: UInt64 = 86_400_000_000_000
        var load = run.load
        load.tests[0].measuredFrom += shift
        for index in load.tests[0].samples.indices {
            // In one go: the log keeps times relative to one another.
            var sample = load.tests[0].samples[index]
            sample.scheduledAt += shift
            sample.sentAt += shift
            sample.finishedAt += shift
            load.tests[0].samples[index] = sample
        }
        var shifted = SpanTable()
        for row in run.spans.indices {
            var span = run.spans.fields(of: row)
            span.startNanoseconds += shift
            span.endNanoseconds += shift
            shifted.append(span)
        }
        let correlated = Correlator(numbering: run.numbering, vocabulary: run.vocabulary)
            .correlate(load, testNames: run.testNames, spans: StoredSpans(spans: shifted), rejectedSpans: 0)
        #expect(correlated.tests[0].profile == run.correlated().tests[0].profile)
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `adding spans that take no time changes no path`(seed: UInt64) {
        let run = CriticalPathPropertyTests.forest(seed: seed, requests: 200)
        var more = run.spans
        for row in run.spans.indices {
            var span = run.spans.fields(of: row)
            span.parentID = span.spanID
            span.spanID = SpanID(~span.spanID.rawValue)
            span.startNanoseconds = (span.startNanoseconds + span.endNanoseconds) / 2
            span.endNanoseconds = span.startNanoseconds
            span.operation = run.vocabulary.intern(OperationKey(service: "s0", name: "instant", kind: .internal))
            span.kind = .internal
            more.append(span)
        }
        let (before, after) = (WalkedRequest.all(of: run), WalkedRequest.all(of: run, spans: more))
        #expect(before.map(\.segments) == after.map(\.segments))
        #expect(before.map(\.confidence) == after.map(\.confidence))
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `adding a subtree that starts after its parent changes no path`(seed: UInt64) {
        let run = CriticalPathPropertyTests.forest(seed: seed, requests: 200)
        var more = run.spans
        for row in run.spans.indices {
            var late = run.spans.fields(of: row)
            late.parentID = late.spanID
            late.spanID = SpanID(~late.spanID.rawValue)
            late.startNanoseconds = late.endNanoseconds
            late.endNanoseconds += 3_000_000
            late.operation = run.vocabulary.intern(OperationKey(service: "s0", name: "late", kind: .internal))
            late.kind = .internal
            more.append(late)
            var below = late
            below.parentID = late.spanID
            below.spanID = SpanID(late.spanID.rawValue ^ 0x5555)
            below.endNanoseconds -= 1_000_000
            below.operation = run.vocabulary.intern(OperationKey(service: "s0", name: "below", kind: .internal))
            more.append(below)
        }
        let (before, after) = (WalkedRequest.all(of: run), WalkedRequest.all(of: run, spans: more))
        #expect(before.map(\.segments) == after.map(\.segments))
        #expect(before.map(\.confidence) == after.map(\.confidence))
    }
}
