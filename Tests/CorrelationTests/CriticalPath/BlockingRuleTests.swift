import Correlation
import Telemetry
import TestSupport
import Testing

/// Who waits for whom: the rules before the walk.
@Suite struct BlockingRuleTests {
    private func walk(requests: Int = 1, _ build: (SyntheticRequest) -> Void) throws -> WalkedRequest {
        let walked = WalkedRequest.all(of: SyntheticRun(requests: requests, build))
        #expect(walked.allSatisfy { $0.tiles })
        return try #require(walked.first)
    }

    private let millisecond: UInt64 = 1_000_000

    @Test func `nobody waits for a message's consumer`() throws {
        let walked = try walk { request in
            request.server("shop", "POST /order") { shop in
                shop.work(.milliseconds(1))
                shop.publish("orders", to: "mailer", lag: .microseconds(10)) { $0.work(.microseconds(20)) }
                shop.work(.milliseconds(3))
            }
        }
        #expect(walked.time["process orders"] == nil)
        #expect(walked.time["send orders"] == 50_000)
        #expect(walked.confidence == 1)
    }

    @Test func `an overrun within a millisecond is clipped`() throws {
        let walked = try walk { request in
            let root = request.span("shop", "root", kind: .server, from: .zero, to: .milliseconds(10))
            request.span("shop", "work", from: .milliseconds(2), to: .microseconds(10_900), parent: root)
            request.end(after: .milliseconds(10))
        }
        #expect(walked.time == ["root": 2 * millisecond, "work": 8 * millisecond])
        #expect(walked.confidence == 1)
    }

    @Test func `a child that overruns by more is not waited for when another child is`() throws {
        let walked = try walk { request in
            let root = request.span("shop", "root", kind: .server, from: .zero, to: .milliseconds(10))
            request.span("shop", "work", from: .milliseconds(2), to: .milliseconds(9), parent: root)
            request.span("shop", "audit", from: .milliseconds(1), to: .milliseconds(20), parent: root)
            request.end(after: .milliseconds(10))
        }
        #expect(walked.time == ["root": 3 * millisecond, "work": 7 * millisecond])
    }

    @Test func `a single overrun of an operation that keeps to its caller elsewhere is clipped with doubt`() throws {
        let walked = try walk(requests: 10) { request in
            let root = request.span("shop", "root", kind: .server, from: .zero, to: .milliseconds(10))
            let end = request.index == 0 ? Duration.milliseconds(13) : .milliseconds(9)
            request.span("shop", "work", from: .milliseconds(2), to: end, parent: root)
            request.end(after: .milliseconds(10))
        }
        #expect(walked.time == ["root": 2 * millisecond, "work": 8 * millisecond])
        #expect(walked.confidence == 0.7)
    }

    @Test func `a client waited for its server until it gave up`() throws {
        let walked = try walk { request in
            let root = request.span("shop", "root", kind: .server, from: .zero, to: .milliseconds(10))
            let call = request.span(
                "shop",
                "GET",
                kind: .client,
                from: .milliseconds(1),
                to: .milliseconds(9),
                parent: root,
                errorType: "timeout"
            )
            request.span(
                "slow",
                "GET /slow",
                kind: .server,
                from: .milliseconds(2),
                to: .milliseconds(90),
                parent: call
            )
            request.end(after: .milliseconds(10))
        }
        #expect(walked.time == ["root": 2 * millisecond, "GET": millisecond, "GET /slow": 7 * millisecond])
        #expect(walked.confidence == 1)
    }

    @Test func `a server may end after the client has the last byte`() throws {
        let walked = try walk { request in
            request.span("shop", "root", kind: .server, from: .milliseconds(1), to: .milliseconds(15))
            request.end(after: .milliseconds(10))
        }
        #expect(walked.time == ["client": millisecond, "root": 9 * millisecond])
        #expect(walked.confidence == 1)
    }

    @Test func `siblings of another host may overlap by what clocks differ, those of the caller's own may not`() throws
    {
        func path(instance: String) throws -> [String: UInt64] {
            try walk { request in
                let root = request.span(
                    "shop",
                    "root",
                    kind: .server,
                    from: .zero,
                    to: .milliseconds(100),
                    instance: "one"
                )
                request.span("x", "a", from: .zero, to: .microseconds(50_500), parent: root, instance: instance)
                request.span(
                    "x",
                    "b",
                    from: .milliseconds(50),
                    to: .milliseconds(100),
                    parent: root,
                    instance: instance
                )
                request.end(after: .milliseconds(100))
            }.time
        }
        #expect(try path(instance: "two") == ["a": 50 * millisecond, "b": 50 * millisecond])
        #expect(try path(instance: "one") == ["root": 50 * millisecond, "b": 50 * millisecond])
    }

    @Test func `a root beside its request is not believed`() throws {
        let run = SyntheticRun(requests: 1) { request in
            request.span("shop", "root", kind: .server, from: .seconds(5), to: .milliseconds(5_008))
            request.end(after: .milliseconds(10))
        }
        let test = run.correlated().tests[0]
        #expect(test.completeness[.complete] == 1)
        #expect(test.profile.traces == 0)
        #expect(test.profile.excludedTraces == 1)
        #expect(test.profile.paths.isEmpty)
    }

    @Test func `nonsense timestamps neither stop the walk nor break conservation`() throws {
        let walked = try walk { request in
            request.server("shop", "GET /cart") { $0.work(.milliseconds(2)) }
            request.span("shop", "forever", from: .zero, to: .seconds(9_000_000_000))
        }
        #expect(walked.time.values.reduce(0, +) == walked.duration)
    }

    @Test func `spans that name each other as parents do not hang the walk`() {
        let run = SyntheticRun(requests: 1) { $0.server("shop", "GET /cart") { $0.work(.milliseconds(2)) } }
        var spans = run.spans
        for (id, parent) in [(1, 2), (2, 1), (3, 3)] as [(UInt64, UInt64)] {
            var span = spans.fields(of: 0)
            span.spanID = SpanID(id)
            span.parentID = SpanID(parent)
            spans.append(span)
        }
        let walked = WalkedRequest.all(of: run, spans: spans)
        #expect(walked.map(\.time) == [["client": 200_000, "GET /cart": 2_000_000]])
    }
}
