import Correlation
import Telemetry
import TestSupport
import Testing

/// Every state a trace id can end in, each reached by a run in which one request differs.
@Suite struct TraceStateTests {
    /// Forty requests of which number 17 is `special`.
    private static func run(_ special: (SyntheticRequest) -> Void) -> SyntheticRun {
        SyntheticRun(requests: 40) { request in
            if request.index == 17 { special(request) } else { healthy(request) }
        }
    }

    private static func healthy(_ request: SyntheticRequest) {
        request.server("shop", "GET /cart") { shop in
            shop.call("catalog", "GET /items") { $0.work(.milliseconds(1)) }
        }
    }

    private func state(_ special: (SyntheticRequest) -> Void) throws -> TraceState {
        try only(TraceStateTests.run(special).correlated())
    }

    private func only(_ run: CorrelatedRun) throws -> TraceState {
        let test = try #require(run.tests.first)
        #expect(test.completeness.isBalanced)
        #expect(test.completeness.requested == 40)
        #expect(test.traces.map(\.sample) == Array(0..<40))
        #expect(test.traces.count { $0.state == .complete } == test.completeness[.complete])
        #expect(test.profile.traces + test.profile.excludedTraces == test.completeness[.complete])
        #expect(run.completeness.isBalanced)
        return test.traces[17].state
    }

    @Test func `complete: root, parents and servers are all there`() throws {
        #expect(try state(TraceStateTests.healthy) == .complete)
    }

    @Test func `rootMissing: the span called by the generator did not come`() throws {
        let state = try state { request in
            request.server("shop", "GET /cart") { shop in
                shop.isLost = true
                shop.step("render") { $0.work(.milliseconds(1)) }
            }
        }
        #expect(state == .rootMissing)
    }

    @Test func `orphaned: a parent in the middle did not come`() throws {
        let state = try state { request in
            request.server("shop", "GET /cart") { shop in
                shop.step("outer") { outer in
                    outer.isLost = true
                    outer.step("inner") { $0.work(.milliseconds(1)) }
                }
            }
        }
        #expect(state == .orphaned)
    }

    @Test func `truncated: a call that has a server span elsewhere lacks it here`() throws {
        let state = try state { request in
            request.server("shop", "GET /cart") { $0.call("catalog", "GET /items") { $0.isLost = true } }
        }
        #expect(state == .truncated)
    }

    @Test(arguments: [(error: "", state: TraceState.truncated), (error: "ConnectionRefused", state: .complete)])
    func `a failed call owes no server span, any other does`(call: (error: String, state: TraceState)) throws {
        let state = try state { request in
            let root = request.server("shop", "GET /cart") { $0.work(.milliseconds(5)) }
            request.span(
                "shop",
                "GET",
                kind: .client,
                from: .milliseconds(1),
                to: .milliseconds(2),
                parent: root,
                errorType: call.error
            )
        }
        #expect(state == call.state)
    }

    @Test func `complete: a database has no server span and owes none`() throws {
        let run = SyntheticRun(requests: 40) { request in
            request.server("shop", "GET /cart") { $0.query("SELECT cart", "SELECT ?", .milliseconds(1)) }
        }
        #expect(try only(run.correlated()) == .complete)
        #expect(run.correlated().completeness.coverage == 1)
    }

    @Test(arguments: [RequestOutcome.completed, .status, .validation, .timeout, .reset, .transport])
    func `neverArrived: the request went out but no span came`(outcome: RequestOutcome) throws {
        let state = try state { request in
            request.outcome = outcome
            request.wait(.milliseconds(1))
        }
        #expect(state == .neverArrived)
    }

    @Test(arguments: [RequestOutcome.droppedAtCap, .droppedLate, .aborted, .dns, .refused, .tls])
    func `notSent: the request never went out or was cut off`(outcome: RequestOutcome) throws {
        #expect(try state { $0.outcome = outcome } == .notSent)
    }

    @Test func `complete: a timed out request whose trace came`() throws {
        let state = try state { request in
            TraceStateTests.healthy(request)
            request.outcome = .timeout
        }
        #expect(state == .complete)
    }

    @Test func `unsampled: no trace was asked for and none came`() throws {
        var settings = CorrelationSettings()
        settings.isSampled = { $0 != 17 }
        let run = TraceStateTests.run { $0.wait(.milliseconds(1)) }.correlated(settings: settings)
        #expect(try only(run) == .unsampled)
        #expect(run.completeness.sampled == 39)
        #expect(run.completeness.coverage == 1)
    }
}
