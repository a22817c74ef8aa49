import Correlation
import Statistics
import Telemetry
import TestSupport
import Testing

@Suite struct ProfileTests {
    private func profile(
        requests: Int = 10,
        settings: CorrelationSettings = CorrelationSettings(),
        _ build: (SyntheticRequest) -> Void
    ) -> EndpointProfile {
        SyntheticRun(requests: requests, build).correlated(settings: settings).tests[0].profile
    }

    private static func shop(_ request: SyntheticRequest) {
        request.server("shop", "GET /cart") { shop in
            shop.work(.milliseconds(1))
            shop.call("catalog", "GET /items", network: .microseconds(400)) { catalog in
                catalog.work(.milliseconds(1))
                for _ in 0..<3 { catalog.query("SELECT items", "SELECT * FROM items WHERE id = ?", .milliseconds(2)) }
            }
        }
    }

    @Test func `repeated siblings are one path with a count of calls`() throws {
        let profile = profile { ProfileTests.shop($0) }
        #expect(
            profile.paths.map(\.frame.label) == [
                "<client> GET /cart", "shop: GET /cart", "shop: GET", "<network → catalog>", "catalog: GET /items",
                "catalog: SELECT items",
            ]
        )
        #expect(profile.paths.map(\.parent) == [nil, 0, 1, 2, 2, 4])
        #expect(profile.paths.map(\.calls) == [10, 10, 10, 10, 10, 30])
        #expect(profile.paths.map(\.traces) == [10, 10, 10, 10, 10, 10])
        let query = try #require(profile.paths.last)
        #expect(query.statement == "SELECT * FROM items WHERE id = ?")
        #expect(query.criticalNanoseconds == 60_000_000)
        #expect(query.callDuration.count == 30)
        #expect(query.critical.count == 10)
        #expect(query.critical.maximum == 6_000_000)
        #expect(query.frame.operation.kind == .client)
        #expect(
            profile.stack(to: 5).map(\.operation.name) == [
                "GET /cart", "GET /cart", "GET", "GET /items", "SELECT items",
            ]
        )
    }

    @Test func `a call's waiting is the edge's, and blamed on the callee`() {
        let profile = profile { ProfileTests.shop($0) }
        let (call, edge, server) = (profile.paths[2], profile.paths[3], profile.paths[4])
        #expect(call.criticalNanoseconds == 0)
        #expect(call.selfNanoseconds == 0)
        #expect(edge.frame.synthetic == .network)
        #expect(edge.frame.operation == server.frame.operation)
        #expect(edge.criticalNanoseconds == call.totalNanoseconds - server.totalNanoseconds)
        #expect(edge.totalNanoseconds == edge.criticalNanoseconds)
        #expect(server.criticalNanoseconds == 10_000_000)
        #expect(server.selfNanoseconds == 10_000_000)
        #expect(server.totalNanoseconds == 70_000_000)
        #expect(profile.paths[0].criticalNanoseconds == 2_000_000)
        #expect(profile.paths[0].frame.operation.service == "client")
        #expect(profile.paths[0].frame.synthetic == .client)
    }

    @Test func `siblings stand in the order in which they start`() {
        let profile = profile { request in
            request.server("shop", "GET /cart") { shop in
                for name in ["zebra", "apple", "mango"] { shop.step(name) { $0.work(.milliseconds(1)) } }
            }
        }
        #expect(profile.paths.dropFirst(2).map(\.frame.operation.name) == ["zebra", "apple", "mango"])
        #expect(profile.paths.map { $0.startOffsetNanoseconds / 10 } == [0, 100_000, 100_000, 1_100_000, 2_100_000])
    }

    @Test func `only the slowest of parallel branches is critical, all are counted`() {
        let profile = profile { request in
            request.server("shop", "GET /cart") { shop in
                shop.parallel(
                    { $0.step("slow") { $0.work(.milliseconds(9)) } },
                    { $0.step("fast") { $0.work(.milliseconds(3)) } }
                )
            }
        }
        #expect(profile.paths.map(\.criticalNanoseconds) == [2_000_000, 0, 0, 90_000_000])
        #expect(profile.paths.map(\.totalNanoseconds) == [92_000_000, 90_000_000, 30_000_000, 90_000_000])
        #expect(profile.paths[1].selfNanoseconds == 0)
    }

    @Test func `an error is charged to its origin`() {
        let profile = profile { request in
            if request.index < 4 {
                request.outcome = .status
                request.statusCode = 500
            }
            request.server("shop", "GET /cart") { shop in
                if request.index < 4 { shop.fail("500") }
                shop.call("catalog", "GET /items") { catalog in
                    catalog.work(.milliseconds(1))
                    if request.index < 3 { catalog.fail("DatabaseError") }
                }
            }
        }
        #expect(profile.paths.map(\.errors) == [4, 4, 0, 0, 3])
        #expect(profile.paths.map(\.originErrors) == [[:], ["500": 1], [:], [:], ["DatabaseError": 3]])
    }

    @Test func `a failed request without a failed span is its own origin`() {
        let profile = profile { request in
            if request.index == 0 { request.outcome = .validation }
            request.server("shop", "GET /cart")
        }
        #expect(profile.paths[0].errors == 1)
        #expect(profile.paths[0].originErrors == ["validation": 1])
    }

    @Test func `a caller that gave up before its callee failed is an origin too`() {
        let profile = profile(requests: 1) { request in
            let root = request.server("shop", "GET /cart") { $0.work(.milliseconds(100)) }
            let call = request.span(
                "shop",
                "GET",
                kind: .client,
                from: .milliseconds(1),
                to: .milliseconds(11),
                parent: root,
                errorType: "timeout"
            )
            request.span(
                "slow",
                "GET /slow",
                kind: .server,
                from: .milliseconds(2),
                to: .milliseconds(50),
                parent: call,
                errorType: "500"
            )
        }
        #expect(profile.paths.map(\.originErrors) == [[:], [:], ["timeout": 1], [:], ["500": 1]])
    }

    @Test func `the statement is the most frequent one`() {
        let profile = profile(requests: 5) { request in
            request.server("shop", "GET /cart") { shop in
                shop.query("SELECT", request.index < 2 ? "SELECT a" : "SELECT b", .milliseconds(1))
            }
        }
        #expect(profile.paths.map(\.statement) == [nil, nil, "SELECT b"])
    }

    @Test func `names a typical and the worst trace`() throws {
        let run = SyntheticRun(requests: 9) { request in
            request.server("shop", "GET /cart") { $0.work(.milliseconds([5, 1, 9, 5, 4, 30, 6, 2, 7][request.index])) }
        }
        let root = run.correlated().tests[0].profile.paths[1]
        #expect(root.worstTraceID == run.numbering.traceID(of: 5))
        #expect(root.typicalTraceID == run.numbering.traceID(of: 0))
    }

    @Test func `paths beyond the limit are folded, and nothing is lost`() {
        var settings = CorrelationSettings()
        settings.pathLimit = 20
        let profile = profile(requests: 5, settings: settings) { request in
            request.server("shop", "GET /cart") { shop in
                for step in 0..<50 { shop.step("step \(step)") { $0.step("inner") { $0.work(.microseconds(10)) } } }
            }
        }
        #expect(profile.paths.count == 21)
        // Callers come first: the request, the root and 18 of 50 steps have their own paths. Folded are the 32 other
        // steps, what lies below the 18, and, all in one, what lies below the folded.
        #expect(profile.foldedPaths == 32 + 18 + 1)
        let other = profile.paths.first { $0.frame.synthetic == .other }
        #expect(other?.parent == 0)
        #expect(other?.calls == (32 + 50) * 5)
        #expect(profile.paths.reduce(0) { $0 + $1.criticalNanoseconds } == profile.duration.sum)
    }

    @Test func `only complete traces count`() {
        let run = SyntheticRun(requests: 30) { request in
            request.server("shop", "GET /cart") { shop in
                shop.call("catalog", "GET /items") { $0.isLost = request.index == 3 }
            }
        }
        let test = run.correlated().tests[0]
        #expect(test.completeness[.truncated] == 1)
        #expect(test.profile.traces == 29)
        #expect(test.profile.excludedTraces == 0)
        #expect(test.profile.duration.count == 29)
    }

    @Test func `the time of failed requests is kept apart`() {
        let healthy = profile { ProfileTests.shop($0) }
        #expect(healthy.failedTraces == nil)
        #expect(healthy.paths.allSatisfy { $0.failedNanoseconds == nil })
        let profile = profile { request in
            ProfileTests.shop(request)
            if request.index < 3 { request.outcome = .status }
        }
        #expect(profile.failedTraces == 3)
        let query = profile.paths[5]
        #expect(query.failedNanoseconds == 18_000_000)
        #expect(query.criticalNanoseconds == 60_000_000)
    }
}
