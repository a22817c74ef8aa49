import Statistics
import Telemetry
import Testing

@testable import Correlation

@Suite struct ObservedTracesTests {
    private let vocabulary = Vocabulary()

    private struct Call {
        var trace: UInt64
        var id: UInt64
        var parent: UInt64
        var name: String
        var start: UInt64
        var end: UInt64
        var service = "shop"
        var isError = false
    }

    private func table(_ calls: [Call]) -> SpanTable {
        var table = SpanTable()
        for call in calls {
            let operation = vocabulary.intern(
                service: vocabulary.intern(call.service),
                name: vocabulary.intern(call.name),
                kind: .server
            )
            table.append(
                SpanFields(
                    // Of different senders, so that neither half of the id is shared.
                    traceID: TraceID(high: call.trace * 31, low: call.trace),
                    spanID: SpanID(call.id),
                    parentID: SpanID(call.parent),
                    startNanoseconds: call.start,
                    endNanoseconds: call.end,
                    operation: operation,
                    kind: .server,
                    flags: call.isError ? .error : []
                )
            )
        }
        return table
    }

    private func correlate(_ spans: SpanTable) -> CorrelatedRun {
        let observed = ObservedLoad(spans, vocabulary: vocabulary)
        return Correlator(identity: observed.identity, vocabulary: vocabulary).correlate(
            observed.load,
            testNames: observed.names,
            spans: StoredSpans(spans: spans),
            rejectedSpans: 0
        )
    }

    private var shop: [Call] {
        (1...3).flatMap { trace in
            [
                Call(trace: trace, id: 1, parent: 0, name: "GET /cart", start: 1_000 * trace, end: 1_000 * trace + 100),
                Call(trace: trace, id: 2, parent: 1, name: "read", start: 1_000 * trace + 20, end: 1_000 * trace + 70),
            ]
        } + [Call(trace: 9, id: 1, parent: 0, name: "GET /home", start: 500, end: 900, isError: true)]
    }

    @Test func `roots are requests under the operation they enter through`() {
        let run = correlate(table(shop))
        #expect(run.tests.map(\.name) == ["shop: GET /cart", "shop: GET /home"])
        #expect(run.tests.map(\.completeness.requested) == [3, 1])
        #expect(run.completeness.coverage == 1)
        #expect(run.completeness.foreignSpans == 0)
        #expect(run.tests[1].load.ledger.errorRate == 1)
        // The request lasts as long as its root, and no time of it is the client's.
        let cart = run.tests[0].profile
        #expect(cart.paths.map(\.criticalNanoseconds) == [0, 150, 150])
        #expect(cart.duration.count == 3)
    }

    @Test func `the order of spans changes nothing`() {
        let calls = shop
        let straight = correlate(table(calls))
        let reversed = correlate(table(calls.reversed()))
        #expect(straight.tests.map(\.profile) == reversed.tests.map(\.profile))
        #expect(straight.tests.map(\.traces.count) == reversed.tests.map(\.traces.count))
    }

    @Test func `where the first caller is not instrumented, its callees are the roots`() throws {
        let run = correlate(
            table([
                Call(trace: 1, id: 2, parent: 77, name: "first", start: 100, end: 200),
                Call(trace: 1, id: 3, parent: 77, name: "second", start: 250, end: 400),
                Call(trace: 1, id: 4, parent: 3, name: "below", start: 260, end: 300),
            ])
        )
        let test = try #require(run.tests.first)
        #expect(test.name == "shop: first")
        #expect(test.completeness[.complete] == 1)
        let sample = test.load.samples[0]
        #expect(sample.sentAt == 100 && sample.finishedAt == 400)
        #expect(test.profile.paths.reduce(0) { $0 + $1.criticalNanoseconds } == 300)
    }

    @Test func `a span whose parent was lost makes its trace an orphan, not a second request`() {
        var calls = shop
        calls.append(Call(trace: 1, id: 5, parent: 99, name: "lost", start: 1_010, end: 1_020))
        let run = correlate(table(calls))
        #expect(run.tests[0].completeness[.orphaned] == 1)
        #expect(run.tests[0].completeness[.complete] == 2)
    }

    @Test func `spans that call one another in a circle end as an incomplete trace`() {
        let run = correlate(
            table([
                Call(trace: 1, id: 2, parent: 3, name: "a", start: 100, end: 200),
                Call(trace: 1, id: 3, parent: 2, name: "b", start: 110, end: 190),
            ])
        )
        #expect(run.completeness.requested == 1)
        #expect(run.tests.flatMap(\.profile.paths).allSatisfy { $0.criticalNanoseconds <= 100 })
    }

    @Test func `the rarest of very many endpoints are one`() {
        let calls = (1...250).map {
            Call(trace: $0, id: 1, parent: 0, name: "endpoint \(String($0, radix: 36))x", start: $0, end: $0 + 5)
        }
        let observed = ObservedLoad(table(calls), vocabulary: vocabulary)
        #expect(observed.names.count == 201)
        #expect(observed.load.tests.reduce(0) { $0 + $1.samples.count } == 250)
        #expect(observed.names.last == ObservedLoad.otherEndpoints)
    }
}
