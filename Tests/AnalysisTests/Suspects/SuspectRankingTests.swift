import Correlation
import Telemetry
import TestSupport
import Testing

@testable import Analysis

/// Windows of a small system: `front` calls `cart`, `stock` and `price`, of which `stock` calls `price` too.
@Suite struct SuspectRankingTests {
    private struct Behaviour {
        /// Extra milliseconds in the service's own work, and on the way to it.
        var work: [String: Double] = [:]
        var wire: [String: Double] = [:]
        /// Extra milliseconds on every way out of a service.
        var wait: [String: Double] = [:]
        /// Share of requests in which `front` stops after the call of a service; `""` is before any.
        var stopsAfter: (service: String, share: Double)?
        var reacts = false
        var errors: String?
    }

    private let vocabulary = Vocabulary()

    private func window(_ behaviour: Behaviour, requests: Int = 120, seed: UInt64) -> CorrelatedRun {
        var random = SeededGenerator(seed: seed)
        var table = SpanTable()
        var next: UInt64 = 0
        func span(
            _ trace: UInt64,
            _ parent: UInt64,
            _ service: String,
            _ name: String,
            _ kind: SpanKind,
            _ from: Double,
            _ length: Double,
            isError: Bool = false
        ) -> UInt64 {
            next += 1
            let start = trace &* 1_000_000_000 + UInt64(from * 1e6)
            table.append(
                SpanFields(
                    traceID: TraceID(high: 7, low: trace &* 0x9E37_79B9_7F4A_7C15),
                    spanID: SpanID(next),
                    parentID: SpanID(parent),
                    startNanoseconds: start,
                    endNanoseconds: start + UInt64(length * 1e6),
                    operation: vocabulary.intern(
                        service: vocabulary.intern(service),
                        name: vocabulary.intern(name),
                        kind: kind
                    ),
                    kind: kind,
                    flags: isError ? .error : []
                )
            )
            return next
        }
        for request in 1...UInt64(requests) {
            func noisy(_ milliseconds: Double) -> Double { milliseconds * .random(in: 0.7...1.3, using: &random) }
            let root = span(request, 0, "front", "GET /", .server, 0, 200)
            let stops = behaviour.stopsAfter.map { Double.random(in: 0..<1, using: &random) < $0.share } ?? false
            if stops, behaviour.reacts { _ = span(request, root, "front", "fallback", .internal, 150, 1) }
            if stops, behaviour.stopsAfter?.service == "" { continue }
            var time = 5.0
            for callee in ["cart", "stock", "price"] {
                let wire = 2 + (behaviour.wire[callee] ?? 0) + (behaviour.wait["front"] ?? 0)
                let work = 10 + (behaviour.work[callee] ?? 0)
                let (wireNow, workNow) = (noisy(wire), noisy(work))
                let client = span(request, root, "front", "call \(callee)", .client, time, wireNow + workNow)
                let server = span(
                    request,
                    client,
                    callee,
                    "serve \(callee)",
                    .server,
                    time + wireNow / 2,
                    workNow,
                    isError: behaviour.errors == callee
                )
                if callee == "stock" {
                    let inner = noisy(1 + (behaviour.wire["price"] ?? 0))
                    let call = span(request, server, "stock", "call price", .client, time + wireNow / 2, inner + 3)
                    _ = span(request, call, "price", "serve price", .server, time + wireNow / 2, 3)
                }
                time += wireNow + workNow
                if stops, behaviour.stopsAfter?.service == callee { break }
            }
        }
        let observed = ObservedLoad(table, vocabulary: vocabulary)
        return Correlator(identity: observed.identity, vocabulary: vocabulary).correlate(
            observed.load,
            testNames: observed.names,
            spans: StoredSpans(spans: table),
            rejectedSpans: 0
        )
    }

    private func suspects(
        _ behaviour: Behaviour,
        resources: [ResourceSeries] = []
    ) -> [SuspectRanking.Suspect] {
        SuspectRanking(
            before: WindowActivity(window(Behaviour(), seed: 1)),
            after: WindowActivity(window(behaviour, seed: 2)),
            resources: resources,
            findings: [:]
        ).suspects
    }

    @Test(arguments: ["cart", "stock", "price"]) func `slow work is its service's`(service: String) throws {
        let first = try #require(suspects(Behaviour(work: [service: 30])).first)
        #expect(first.service == service)
        #expect(first.confidence > 0.5 && first.latencyShare > 0.9)
    }

    @Test func `a slow way to a service is that service's, from wherever it is called`() throws {
        let first = try #require(suspects(Behaviour(wire: ["price": 40])).first)
        #expect(first.service == "price" && first.operation == "serve price")
    }

    @Test func `a caller to whom all callees seem slow is itself slow`() throws {
        let first = try #require(suspects(Behaviour(wait: ["front": 40])).first)
        #expect(first.service == "front")
    }

    @Test func `work that stops behind an answer was stopped by who answered`() throws {
        let first = try #require(suspects(Behaviour(stopsAfter: ("cart", 0.8))).first)
        #expect(first.service == "cart")
    }

    @Test func `work that stops before any call was stopped by its own service`() throws {
        let first = try #require(suspects(Behaviour(stopsAfter: ("", 0.8))).first)
        #expect(first.service == "front")
    }

    @Test func `where a fallback runs instead, the first call that is missing has failed`() throws {
        let found = suspects(Behaviour(stopsAfter: ("", 0.8), reacts: true))
        #expect(found.map(\.service).prefix(1).contains("front") || found.first?.service == "cart")
        let cart = try #require(found.first { $0.service == "cart" })
        let stock = try #require(found.first { $0.service == "stock" })
        #expect(cart.score > 2 * stock.score)
    }

    @Test func `errors are their origin's`() throws {
        let first = try #require(suspects(Behaviour(errors: "stock")).first)
        #expect(first.service == "stock" && first.operation == "serve stock")
    }

    @Test func `a processor that works much harder decides between equally slow services`() throws {
        func series(_ service: String, now: Double) -> ResourceSeries {
            // One point a second; the window of requests 1 to 120 is the last quarter.
            let points = (0..<500).map { index -> ResourceSeries.Point in
                let isNow = index >= 380
                return .init(
                    time: UInt64(max(0, index - 379)) * 1_000_000_000 + UInt64(index),
                    value: isNow ? now : 10 + Double(index % 3)
                )
            }
            return ResourceSeries(service: service, kind: .cpuLoad, points: points)
        }
        let slow = Behaviour(work: ["cart": 20, "stock": 20])
        let quiet = suspects(slow)
        #expect(Set(quiet.prefix(2).map(\.service)) == ["cart", "stock"])
        for busy in ["cart", "stock"] {
            let all = ["front", "cart", "stock", "price"].map { series($0, now: $0 == busy ? 90 : 11) }
            #expect(suspects(slow, resources: all).first?.service == busy)
        }
    }

    @Test func `two windows alike give nobody a culprit's confidence`() {
        for seed in UInt64(10)..<30 {
            let ranking = SuspectRanking(
                before: WindowActivity(window(Behaviour(), seed: seed)),
                after: WindowActivity(window(Behaviour(), seed: seed + 100)),
                resources: [],
                findings: [:]
            )
            #expect(ranking.suspects.count == 4)
            #expect(ranking.suspects.allSatisfy { $0.confidence < Culprit.namingConfidence }, "seed \(seed)")
        }
    }

    @Test func `moments are those of the numbers`() {
        var moments = Moments()
        for value in [1.0, 2, 3, 4] { moments.add(value) }
        #expect(moments.count == 4 && moments.mean == 2.5)
        #expect(abs(moments.deviation - 1.25.squareRoot()) < 1e-12)
        #expect(Moments().deviation == 0)
    }
}
