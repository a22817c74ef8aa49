import Correlation
import Statistics
import Telemetry
import TestSupport
import Testing

@Suite struct CorrelatorTests {
    private static func shop(requests: Int = 60, warmup: Int = 0) -> SyntheticRun {
        SyntheticRun(requests: requests, warmup: warmup, seed: 5) { request in
            request.server("shop", "GET /cart") { shop in
                shop.work(.milliseconds(1), jitter: 0.5)
                shop.call("catalog", "GET /items") { $0.work(.milliseconds(2), jitter: 0.5) }
            }
        }
    }

    @Test func `joins each request with the spans of its trace`() {
        let run = CorrelatorTests.shop()
        let correlated = run.correlated()
        for trace in correlated.tests[0].traces {
            #expect(trace.rows.count == 3)
            #expect(trace.rows.allSatisfy { correlated.spans.traceID(of: $0) == trace.traceID })
            let number = correlated.tests[0].load.samples[trace.sample].number
            #expect(trace.traceID == run.numbering.traceID(of: number))
            #expect(trace.root.map { correlated.spans.parentID[$0] } == run.numbering.spanID(of: number).rawValue)
        }
        #expect(correlated.services == ["catalog", "shop"])
    }

    @Test func `leaves warm-up out of the counts, yet does not call it foreign`() {
        let correlated = CorrelatorTests.shop(requests: 20, warmup: 10).correlated()
        #expect(correlated.tests[0].traces.map(\.sample) == Array(10..<30))
        #expect(correlated.tests[0].completeness.spans == 60)
        #expect(correlated.completeness.spans == 90)
        #expect(correlated.completeness.foreignSpans == 0)
        #expect(correlated.completeness.requested == 20)
        #expect(correlated.tests[0].profile.traces == 20)
    }

    @Test func `joins by number even when numbers are far apart and samples out of order`() {
        let run = CorrelatorTests.shop()
        var load = run.load
        let sparse = RequestSample(
            number: 1 << 60,
            test: 0,
            statusCode: 0,
            outcome: .timeout,
            scheduledAt: load.tests[0].endedAt,
            sentAt: load.tests[0].endedAt,
            finishedAt: load.tests[0].endedAt + 1
        )
        load.tests[0].samples = RequestLog(load.tests[0].samples.reversed() + [sparse])
        let correlated = Correlator(numbering: run.numbering, vocabulary: run.vocabulary)
            .correlate(load, testNames: [], spans: run.stored, rejectedSpans: 4)
        #expect(correlated.tests[0].completeness[.complete] == 60)
        #expect(correlated.tests[0].completeness[.neverArrived] == 1)
        #expect(correlated.tests[0].traces.map(\.sample) == (0..<60).reversed() + [60])
        #expect(correlated.tests[0].name == "test 0")
        #expect(correlated.completeness.rejectedSpans == 4)
    }

    @Test func `counts copies as duplicates and drops them`() {
        let run = CorrelatorTests.shop()
        var twice = run.spans
        twice.append(contentsOf: run.shuffledSpans(seed: 1))
        let (once, again) = (run.correlated(), run.correlated(spans: twice))
        #expect(again.completeness.duplicateSpans == 180)
        #expect(again.completeness.collidingSpans == 0)
        #expect(again.tests[0].completeness.duplicateSpans == 180)
        #expect(again.completeness.spans == once.completeness.spans)
        #expect(again.tests[0].profile == once.tests[0].profile)
        #expect(again.tests[0].traces.map(\.rows) == once.tests[0].traces.map(\.rows))
    }

    @Test func `keeps the longer of two spans that share an id`() {
        let run = CorrelatorTests.shop(requests: 10)
        let spans = run.spans
        var collided = spans
        for row in spans.indices {
            collided.append(
                SpanFields(
                    traceID: spans.traceID(of: row),
                    spanID: SpanID(spans.spanID[row]),
                    parentID: SpanID(spans.parentID[row]),
                    startNanoseconds: spans.startNanoseconds[row],
                    endNanoseconds: spans.startNanoseconds[row],
                    operation: spans.operation[row],
                    kind: spans.kind[row]
                )
            )
        }
        let correlated = run.correlated(spans: collided)
        #expect(correlated.completeness.collidingSpans == 30)
        #expect(correlated.completeness.duplicateSpans == 0)
        #expect(correlated.tests[0].profile == run.correlated().tests[0].profile)
    }

    @Test func `a client and a server span may share an id, as Zipkin has it`() {
        let run = SyntheticRun(requests: 1) { request in
            let root = request.server("shop", "GET /cart") { $0.work(.milliseconds(10)) }
            _ = request.span(
                "shop",
                "GET",
                kind: .client,
                from: .milliseconds(1),
                to: .milliseconds(5),
                parent: root
            )
        }
        let client = run.spans.kind.firstIndex(of: .client) ?? 0
        var shared = run.spans
        shared.append(
            SpanFields(
                traceID: shared.traceID(of: client),
                spanID: SpanID(shared.spanID[client]),
                parentID: SpanID(shared.parentID[client]),
                startNanoseconds: shared.startNanoseconds[client] + 1_000_000,
                endNanoseconds: shared.endNanoseconds[client] - 1_000_000,
                operation: run.vocabulary.intern(
                    OperationKey(service: "catalog", name: "GET /items", kind: .server)
                ),
                kind: .server
            )
        )
        let profile = run.correlated(spans: shared).tests[0].profile
        #expect(
            profile.paths.map(\.frame.label) == [
                "<client> GET /cart", "shop: GET /cart", "shop: GET", "<network → catalog>", "catalog: GET /items",
            ]
        )
        #expect(profile.paths.map(\.criticalNanoseconds) == [200_000, 6_000_000, 0, 2_000_000, 2_000_000])
    }

    @Test func `tells two tests of one run apart`() {
        var run = SyntheticRun(seed: 8)
        run.addTest(endpoint: "GET /a", requests: 7) { $0.server("shop", "GET /a") }
        run.addTest(endpoint: "GET /b", requests: 5) { $0.server("shop", "GET /b") }
        let correlated = run.correlated()
        #expect(correlated.tests.map(\.name) == ["GET /a", "GET /b"])
        #expect(correlated.tests.map(\.profile.traces) == [7, 5])
        #expect(correlated.completeness.requested == 12)
        #expect(correlated.completeness[.complete] == 12)
    }

    @Test func `counts spans of other traces as foreign`() {
        let run = CorrelatorTests.shop()
        var mixed = run.spans
        mixed.append(contentsOf: SyntheticRun(requests: 3, seed: 77) { $0.server("other", "GET /") }.spans)
        let correlated = run.correlated(spans: mixed)
        #expect(correlated.completeness.foreignSpans == 3)
        #expect(correlated.spans.count == 180)
    }

    @Test func `an empty run is empty, not an error`() {
        let correlated = SyntheticRun().correlated()
        #expect(correlated.tests.isEmpty)
        #expect(correlated.completeness == Completeness())
        #expect(SyntheticRun(requests: 3) { _ in }.correlated().tests[0].profile.paths.isEmpty)
    }
}
