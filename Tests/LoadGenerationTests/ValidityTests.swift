import LoadGeneration
import Plans
import Statistics
import Telemetry
import TestSupport
import Testing

@Suite(.repeatedOnBusyMachine) struct ValidityTests {
    @Test func `a generator that is late says so and how late`() async throws {
        let server = try LoopbackServer()
        defer { server.stop() }
        var scenario = LoadScenario(url: server.url)
        // No machine is this punctual.
        scenario.settings.lagLimit = .nanoseconds(1)
        let load = try await scenario.run()
        #expect(load.ledger.completed == 100)
        #expect(load.invalidReasons.contains { $0.hasPrefix("the generator took arrivals up late: p99") })
    }

    @Test func `a generator thread that is too busy says so`() async throws {
        let server = try LoopbackServer()
        defer { server.stop() }
        var scenario = LoadScenario(url: server.url)
        scenario.settings.cpuLimit = 0.0001
        let load = try await scenario.run()
        #expect(load.threadCPU.count == 2)
        #expect(load.invalidReasons.count { $0.hasPrefix("generator thread") } == 2)
    }
}
