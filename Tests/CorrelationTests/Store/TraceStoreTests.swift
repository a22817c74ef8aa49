import Correlation
import Dispatch
import Telemetry
import TestSupport
import Testing

@Suite struct TraceStoreTests {
    private static func shop(requests: Int, seed: UInt64 = 3) -> SyntheticRun {
        SyntheticRun(requests: requests, seed: seed) { request in
            request.server("shop", "GET /cart") { shop in
                shop.work(.milliseconds(1))
                shop.call("catalog", "GET /items") { $0.query("SELECT items", "SELECT ?", .milliseconds(1)) }
            }
        }
    }

    private static func store(for run: SyntheticRun, byteLimit: Int = 64 << 20) -> TraceStore {
        TraceStore(vocabulary: run.vocabulary, numbering: run.numbering, byteLimit: byteLimit)
    }

    @Test func `keeps every span that many threads append at once`() {
        let run = TraceStoreTests.shop(requests: 2_000)
        let store = TraceStoreTests.store(for: run)
        let batches = run.batches(of: 37)
        DispatchQueue.concurrentPerform(iterations: batches.count) { _ = store.append(batches[$0]) }
        let arrivals = store.arrivals
        #expect(arrivals.spans == 8_000)
        #expect(arrivals.roots == 2_000)
        #expect(arrivals.foreign == 0)
        #expect(arrivals.evicted == 0)
        #expect(arrivals.lastArrival != nil)
        let stored = store.snapshot()
        #expect(stored.spans.count == 8_000)
        #expect(run.correlated(spans: stored.spans).tests[0].profile == run.correlated().tests[0].profile)
    }

    @Test func `hands its spans over as a snapshot shows them, and goes on with none`() {
        let run = TraceStoreTests.shop(requests: 500)
        let store = TraceStoreTests.store(for: run)
        let batches = run.batches(of: 37)
        for batch in batches { _ = store.append(batch) }
        let seen = store.snapshot()
        let taken = store.take()
        #expect(taken.spans.count == 2_000)
        #expect(taken.spans.spanID == seen.spans.spanID)
        #expect(run.correlated(spans: taken.spans).tests[0].profile == run.correlated().tests[0].profile)
        #expect(store.byteCount == 0)
        #expect(store.arrivals.spans == 2_000)
        _ = store.append(batches[0])
        #expect(store.snapshot().spans.count == 37)
    }

    @Test func `counts what it cannot keep, also from many threads`() {
        let run = TraceStoreTests.shop(requests: 4_000)
        let store = TraceStoreTests.store(for: run, byteLimit: run.spans.byteCount / 3)
        let batches = run.batches(of: 61)
        DispatchQueue.concurrentPerform(iterations: batches.count) { _ = store.append(batches[$0]) }
        let stored = store.snapshot()
        #expect(stored.evicted > 0)
        #expect(stored.spans.count + stored.evicted == 16_000)
        #expect(stored.spans.byteCount <= run.spans.byteCount / 3)
        #expect(store.arrivals.spans == 16_000)
        #expect(store.arrivals.roots == 4_000)
    }

    @Test func `gives up whole traces, and not the oldest`() {
        let run = TraceStoreTests.shop(requests: 4_000)
        let store = TraceStoreTests.store(for: run, byteLimit: run.spans.byteCount / 3)
        for batch in run.batches(of: 61) { _ = store.append(batch) }
        let correlated = run.correlated(spans: store.snapshot().spans)
        let completeness = correlated.completeness
        #expect(completeness[.complete] + completeness[.neverArrived] == 4_000)
        let kept = correlated.tests[0].traces.filter { $0.state == .complete }.map(\.sample)
        // A third or so of the traces, spread evenly over the run.
        #expect(kept.count > 500)
        let early = Double(kept.count { $0 < 2_000 }) / Double(kept.count)
        #expect(early > 0.4 && early < 0.6)
    }

    @Test func `reports back how many spans of a batch found no room`() {
        let run = TraceStoreTests.shop(requests: 1_000)
        let store = TraceStore(vocabulary: run.vocabulary, numbering: run.numbering, byteLimit: 20_000, shards: 1)
        var batch = TelemetryBatch()
        batch.spans = run.spans
        let refused = store.append(batch).spans
        #expect(refused == store.arrivals.evicted)
        #expect(refused + store.snapshot().spans.count == 4_000)
        #expect(store.append(TelemetryBatch()) == BatchRefusal())
    }

    @Test func `keeps foreign traces apart, where they cannot displace ours`() {
        let run = TraceStoreTests.shop(requests: 100)
        let stranger = TraceStoreTests.shop(requests: 5_000, seed: 99)
        let store = TraceStoreTests.store(for: run, byteLimit: run.spans.byteCount * 2)
        var refused = 0
        for batch in stranger.batches(of: 100) + run.batches(of: 100) { refused += store.append(batch).spans }
        let stored = store.snapshot()
        #expect(refused == 0)
        #expect(stored.spans.count == 400)
        #expect(stored.evicted == 0)
        #expect(stored.foreign == 20_000)
        #expect(stored.foreignSpans.count == 1_000)
        #expect(store.arrivals.foreign == 20_000)
    }
}
