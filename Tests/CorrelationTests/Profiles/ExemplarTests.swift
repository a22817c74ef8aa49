import Correlation
import Statistics
import Telemetry
import TestSupport
import Testing

@Suite struct ExemplarTests {
    private func profile(requests: Int, _ build: (SyntheticRequest) -> Void) -> EndpointProfile {
        SyntheticRun(requests: requests, build).correlated(settings: CorrelationSettings()).tests[0].profile
    }

    private static func shop(_ request: SyntheticRequest) {
        request.server("shop", "GET /cart") { shop in
            shop.work(.milliseconds(1))
            for _ in 0..<3 { shop.query("SELECT items", "SELECT * FROM items WHERE id = ?", .milliseconds(2)) }
        }
    }

    @Test func `the exemplar is a whole trace, callers before those they call`() throws {
        let profile = profile(requests: 5) { Self.shop($0) }
        let exemplar = try #require(profile.exemplar)
        #expect(exemplar.spans.map(\.name) == ["GET /cart", "SELECT items", "SELECT items", "SELECT items"])
        #expect(exemplar.spans.map(\.parent) == [nil, 0, 0, 0])
        #expect(exemplar.spans[1].statement == "SELECT * FROM items WHERE id = ?")
        #expect(exemplar.spans.map(\.start) == exemplar.spans.map(\.start).sorted())
        let critical = exemplar.spans.reduce(0) { $0 + $1.critical }
        #expect(critical <= exemplar.duration)
        #expect(exemplar.duration == profile.duration.maximum)
        #expect(exemplar.omittedSpans == 0)
    }

    @Test func `a trace of very many spans is cut, and what is cut is counted`() throws {
        let profile = profile(requests: 1) { request in
            request.server("shop", "GET /cart") { shop in
                for _ in 0..<400 { shop.query("SELECT items", "SELECT 1", .microseconds(10)) }
            }
        }
        let exemplar = try #require(profile.exemplar)
        #expect(exemplar.spans.count == ExemplarTrace.spanLimit)
        #expect(exemplar.omittedSpans == 401 - ExemplarTrace.spanLimit)
        #expect(exemplar.spans.dropFirst().allSatisfy { $0.parent == 0 })
    }

    @Test func `the tail's paths sum to the durations of its traces`() throws {
        var number = 0
        let profile = profile(requests: 400) { request in
            let isSlow = number % 10 == 9
            number += 1
            request.server("shop", "GET /cart") { shop in
                shop.work(.milliseconds(1))
                shop.query("SELECT items", "SELECT 1", isSlow ? .milliseconds(50) : .milliseconds(2))
            }
        }
        // All of them are equally slow, so the slowest of them are no freaks.
        #expect(profile.tailTraces == 40)
        let tail = profile.paths.reduce(0) { $0 + ($1.tailNanoseconds ?? 0) }
        #expect(Double(tail) / 40 > 50e6)
        let query = try #require(profile.paths.last)
        #expect(query.tailNanoseconds == 40 * 50_000_000)
    }

    @Test func `a handful of traces has no tail`() {
        #expect(profile(requests: 20) { Self.shop($0) }.tailTraces == nil)
    }
}
