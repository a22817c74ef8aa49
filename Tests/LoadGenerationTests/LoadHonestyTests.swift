import Foundation
import LoadGeneration
import Plans
import Statistics
import Synchronization
import Telemetry
import TestSupport
import Testing

@Suite(.repeatedOnBusyMachine) struct LoadHonestyTests {
    @Test func `a frozen target shows in latency from schedule, not in later service times`() async throws {
        let server = try LoopbackServer()
        defer { server.stop() }
        // Frozen for 0.5 s of a 1.5 s test that has 4 connections: most requests of that time wait for one.
        let hasFrozen = Atomic<Bool>(false)
        let load = try await LoadScenario(url: server.url, rate: 200, duration: .milliseconds(1500)) { test in
            test.connections = 4
            test.maxLag = .seconds(2)
        }.run { progress in
            guard progress.answered > 20, !hasFrozen.exchange(true, ordering: .relaxed) else { return }
            server.freeze(for: .milliseconds(500))
        }
        #expect(load.ledger.completed == 300)
        #expect(load.latency.maximum > 400_000_000)
        // Arrivals due in the freeze, a third of all, waited a quarter of a second on average.
        #expect(load.latency.quantile(0.9) > 150_000_000)
        #expect(load.latency.count(above: 100_000_000) >= 60)
        // Only those on the wire when it began saw it themselves.
        #expect(load.serviceTime.count(above: 200_000_000) * 3 < load.latency.count(above: 200_000_000))
        #expect(load.scheduleLag.maximum > 300_000_000)
        #expect(load.invalidReasons == [])
    }

    @Test func `samples tell schedule, sending and end in order, on the Unix clock`() async throws {
        let server = try LoopbackServer()
        defer { server.stop() }
        let load = try await LoadScenario(url: server.url).run()
        #expect(load.samples.count == 100)
        #expect(load.samples.map(\.number) == (0..<100).map { UInt64($0) })
        for (index, sample) in load.samples.enumerated() {
            #expect(sample.scheduledAt == load.startedAt + UInt64(index) * 5_000_000)
            #expect(sample.scheduledAt <= sample.sentAt && sample.sentAt < sample.finishedAt)
            #expect(sample.statusCode == 200)
        }
        let now = UInt64(Date().timeIntervalSince1970 * 1e9)
        #expect(load.endedAt <= now && now - load.endedAt < 60_000_000_000)
    }

    @Test func `progress is told while the load runs`() async throws {
        let server = try LoopbackServer()
        defer { server.stop() }
        let seen = Mutex<[LoadProgress]>([])
        let load = try await LoadScenario(url: server.url, duration: .seconds(1)) { $0.warmup = .milliseconds(300) }
            .run { progress in seen.withLock { $0.append(progress) } }
        let reports = seen.withLock { $0 }
        #expect(load.ledger.completed == 200)
        #expect((4...9).contains(reports.count))
        #expect(reports.first?.isWarmup == true && reports.last?.isWarmup == false)
        #expect(reports.allSatisfy { $0.total == .milliseconds(1300) && $0.targetRate == 200 })
        #expect(zip(reports, reports.dropFirst()).allSatisfy { $0.answered <= $1.answered })
        let last = try #require(reports.last)
        #expect(last.p95Milliseconds > 0 && last.rate > 100 && last.rate < 300)
    }

    @Test func `requests of two tests have numbers of their own`() async throws {
        let server = try LoopbackServer()
        defer { server.stop() }
        let scenario = LoadScenario(url: server.url, duration: .milliseconds(100))
        var second = scenario.test
        second.name = "GET /again"
        let plan = TestPlan(
            lineageID: "l",
            moduleID: "m",
            editionID: "e",
            target: TargetPlan(baseURL: server.url),
            tests: [scenario.test, second]
        )
        let result = try await LoadGenerator(plan: plan, numbering: LoadScenario.numbering, runID: "r").run { _ in }
        #expect(result.tests.map(\.test) == [0, 1])
        #expect(result.tests[1].samples.map(\.number) == (0..<20).map { 1 << 40 | UInt64($0) })
        #expect(result.engine.hasPrefix("libcurl/"))
        #expect(!result.wasInterrupted)
    }
}
