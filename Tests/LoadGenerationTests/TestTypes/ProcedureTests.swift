import Glibc
import LoadGeneration
import Plans
import Statistics
import Synchronization
import Telemetry
import TestSupport
import Testing

/// Tests of several stretches against real servers.
@Suite(.repeatedOnBusyMachine) struct ProcedureTests {
    @Test func `the load line of a server with four slots of ten milliseconds is found`() async throws {
        let slots = Slots(4)
        let server = try LoopbackServer { _ in
            slots.use(for: .milliseconds(10))
            return .answer()
        }
        defer { server.stop() }
        let load = try await LoadScenario(url: server.url) { test in
            test.type = .stress
            test.connections = 64
            var search = StressSettings(startRate: 100, budget: .seconds(12))
            search.step = .milliseconds(500)
            search.settle = .milliseconds(200)
            search.objectives = [.latency(quantile: 0.95, limit: .milliseconds(45))]
            test.procedure = .search(search)
        }.run()
        guard case .loadLine(let line)? = load.characteristic else { throw Missing() }
        let rate = try #require(line.rate)
        // Sleeping takes a little longer than asked for; what the slots gave is the truth.
        let capacity = slots.capacity
        #expect(capacity > 300 && capacity <= 400)
        #expect(abs(rate / capacity - 1) < 0.08)
        #expect(line.hasRecovered == true)
        #expect(load.steps.contains { $0.role == .recovery })
        #expect(load.ledger.isBalanced && load.warmup.isBalanced)
        // Request numbers are never used twice.
        #expect(Set(load.samples.map(\.number)).count == load.samples.count)
    }

    @Test func `virtual users send one at a time and count as they answer`() async throws {
        let most = Atomic<Int>(0)
        let now = Atomic<Int>(0)
        let server = try LoopbackServer { _ in
            let active = now.add(1, ordering: .relaxed).newValue
            most.max(active, ordering: .relaxed)
            defer { now.subtract(1, ordering: .relaxed) }
            return .answer(after: .milliseconds(5))
        }
        defer { server.stop() }
        let load = try await LoadScenario(url: server.url) { test in
            test.type = .concurrency
            test.procedure = .users(
                ConcurrencySettings(users: [1, 2, 4, 8], step: .milliseconds(250), settle: .milliseconds(50))
            )
        }.run()
        #expect(load.steps.map(\.level) == [1, 2, 4, 8])
        #expect(load.steps.allSatisfy { $0.answered > 0 && $0.failed == 0 })
        #expect(zip(load.steps, load.steps.dropFirst()).allSatisfy { $0.achievedRate < $1.achievedRate })
        #expect(most.load(ordering: .relaxed) <= 8)
        #expect(load.ledger.isBalanced && load.ledger.answered == load.steps.reduce(0) { $0 + $1.answered })
        guard case .scalability(let law)? = load.characteristic else { throw Missing() }
        #expect(law.ratePerUser > 100 && law.ratePerUser < 200)
    }

    @Test func `a sweep sends each size and fits its cost`() async throws {
        let server = try LoopbackServer { request in
            // A tenth of a millisecond for each KiB, and five whatever comes.
            .answer(after: .milliseconds(5) + .microseconds(100 * request.body.count / 1024))
        }
        defer { server.stop() }
        let load = try await LoadScenario(url: server.url, rate: 40) { test in
            test.type = .latency
            test.method = "POST"
            test.procedure = .sizes(LatencySettings(sizes: [0, 65_536, 131_072], step: .milliseconds(500)))
        }.run()
        #expect(Set(server.requests.map(\.body.count)) == [0, 65_536, 131_072])
        #expect(load.ledger.completed == 60)
        guard case .payloadCost(let cost)? = load.characteristic else { throw Missing() }
        #expect(cost.perKiB > 0.08 && cost.perKiB < 0.2)
        #expect(cost.fixed > 4 && cost.fixed < 12)
    }

    @Test func `sizes stand where the plan puts them`() async throws {
        let server = try LoopbackServer()
        defer { server.stop() }
        let load = try await LoadScenario(url: server.url, rate: 20) { test in
            test.path = "/bytes/{{size}}"
            test.procedure = .sizes(LatencySettings(sizes: [10, 2000], step: .milliseconds(200)))
        }.run()
        #expect(load.ledger.completed == 8)
        #expect(Set(server.requests.map(\.target)) == ["/bytes/10", "/bytes/2000"])
        #expect(server.requests.allSatisfy { $0.body.isEmpty })
    }

    @Test func `an interrupted search keeps what it has measured`() async throws {
        let server = try LoopbackServer()
        defer { server.stop() }
        let scenario = LoadScenario(url: server.url) { test in
            test.procedure = .search(StressSettings(startRate: 50, budget: .seconds(60)))
        }
        let task = Task { try await scenario.run() }
        while server.requests.count < 40 { try await Task.sleep(for: .milliseconds(20)) }
        task.cancel()
        let load = try await task.value
        #expect(load.ledger.isBalanced && load.warmup.isBalanced)
        #expect(load.steps.count >= 1)
    }

    private struct Missing: Error {}
}

/// A server's capacity: so many requests at once, each for the same time.
private final class Slots: Sendable {
    private struct State {
        var free: Int
        var used = 0
        var busy = Duration.zero
    }

    private let count: Int
    private let state: Mutex<State>

    init(_ count: Int) {
        self.count = count
        state = Mutex(State(free: count))
    }

    func use(for duration: Duration) {
        while !take() { pause(.microseconds(200)) }
        let start = ContinuousClock.now
        pause(duration)
        let took = ContinuousClock.now - start
        state.withLock {
            $0.free += 1
            $0.used += 1
            $0.busy += took
        }
    }

    /// Requests a second that the slots can give, by how long they were really held.
    var capacity: Double {
        state.withLock { Double(count * $0.used) / ($0.busy / .seconds(1)) }
    }

    private func take() -> Bool {
        state.withLock { state in
            guard state.free > 0 else { return false }
            state.free -= 1
            return true
        }
    }

    private func pause(_ duration: Duration) { usleep(UInt32(duration / .microseconds(1))) }
}
