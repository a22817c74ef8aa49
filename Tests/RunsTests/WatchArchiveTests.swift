import Telemetry
import Testing

@testable import Runs

@Suite struct WatchArchiveTests {
    @Test func `a trace is found at once, after its window is closed, and after a restart as far as it is evidence`()
        async throws
    {
        let fixture = try WatchFixture()
        defer { fixture.remove() }
        let id = TraceID(high: 9, low: 5)
        #expect(try await fixture.watch.traces.trace(id) == nil)
        fixture.receive(trace: 5, at: 5, errorType: "timeout")
        fixture.receive(trace: 5, at: 5.001, id: 2, parent: 1, service: "stock")
        let first = try #require(try await fixture.watch.traces.trace(id))
        #expect(first.spans.map(\.service) == ["shop", "stock"])
        await fixture.go(to: 80)
        #expect(try await fixture.watch.traces.trace(id) == first)

        let later = try WatchFixture(folder: fixture.folder, at: WatchFixture.origin + 100 * WatchFixture.second)
        #expect(try await later.watch.traces.trace(id) == first)
        #expect(try await later.watch.traces.trace(TraceID(high: 9, low: 6)) == nil)
    }

    @Test func `traces in memory and in the store are searched as one`() async throws {
        let fixture = try WatchFixture { $0.recentTraceBytes = 400 }
        defer { fixture.remove() }
        for minute in 0..<4 as Range<UInt64> {
            fixture.receive(trace: minute, at: Double(minute) * 60 + 1, errorType: "timeout")
            await fixture.go(to: Double(minute) * 60 + 80)
        }
        fixture.receive(trace: 50, at: 250)
        var query = TraceQuery()
        #expect(try await fixture.watch.traces.traces(matching: query).map(\.traceID.low) == [50, 3, 2, 1, 0])
        query.limit = 3
        #expect(try await fixture.watch.traces.traces(matching: query).map(\.traceID.low) == [50, 3, 2])
        query.limit = 10
        query.service = "shop"
        query.attributes = ["error": "true"]
        #expect(try await fixture.watch.traces.traces(matching: query).map(\.traceID.low) == [3, 2, 1, 0])
        query.service = "nobody"
        #expect(try await fixture.watch.traces.traces(matching: query).isEmpty)
    }

    @Test func `services, operations and calls are known`() async throws {
        let fixture = try WatchFixture()
        defer { fixture.remove() }
        for trace in 1...3 as ClosedRange<UInt64> {
            fixture.receive(trace: trace, at: Double(trace), milliseconds: 20)
            fixture.receive(trace: trace, at: Double(trace) + 0.001, id: 2, parent: 1, service: "stock")
        }
        #expect(try await fixture.watch.traces.services() == ["shop", "stock"])
        await fixture.go(to: 80)
        #expect(try await fixture.watch.traces.services() == ["shop", "stock"])
        #expect(try await fixture.watch.traces.operations(of: "stock").map(\.name) == ["GET /2"])
        #expect(
            try await fixture.watch.traces.calls(in: 0..<UInt64.max)
                == [ServiceCall(caller: "shop", callee: "stock", calls: 3)]
        )
        #expect(try await fixture.watch.traces.calls(in: 0..<1).isEmpty)
    }
}
