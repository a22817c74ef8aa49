import LoadGeneration
import Plans
import Statistics
import Synchronization
import Telemetry
import TestSupport
import Testing

/// Whatever the target does, every scheduled arrival ends in exactly one outcome.
@Suite(.repeatedOnBusyMachine) struct LoadOutcomeTests {
    @Test func `all requests answered`() async throws {
        let server = try LoopbackServer()
        defer { server.stop() }
        let load = try await LoadScenario(url: server.url).run()
        #expect(load.ledger.scheduled == 100)
        #expect(load.ledger.completed == 100)
        #expect(load.ledger.isBalanced)
        #expect(load.statusCodes == [200: 100])
        #expect(load.latency.count == 100 && load.serviceTime.count == 100 && load.scheduleLag.count == 100)
        #expect(load.seconds.reduce(0) { $0 + $1.answered } == 100)
        #expect(load.phases.wait.count == 100)
        #expect(load.phases.connect.count == load.connectionsOpened)
        #expect(load.bytesReceived > 200 && load.bytesSent > 5000)
        #expect(load.invalidReasons == [])
        #expect(load.targetRate == 200)
        #expect(server.requests.count == 100)
        #expect(server.connectionCount == Int(load.connectionsOpened))
    }

    @Test func `an unwanted status counts as an error of the target and keeps the run valid`() async throws {
        let server = try LoopbackServer { _ in .answer(status: 500) }
        defer { server.stop() }
        let load = try await LoadScenario(url: server.url).run()
        #expect(load.ledger[.status] == 100 && load.ledger.isBalanced)
        #expect(load.ledger.errorRate == 1)
        #expect(load.statusCodes == [500: 100])
        #expect(load.invalidReasons == [])
    }

    @Test func `the plan decides which status is a success`() async throws {
        let server = try LoopbackServer { _ in .answer(status: 404) }
        defer { server.stop() }
        var scenario = LoadScenario(url: server.url)
        scenario.test.expectation = ResponseExpectation(statuses: [404])
        let load = try await scenario.run()
        #expect(load.ledger.completed == 100)
    }

    @Test func `a target that is down answers nothing, which is no measurement`() async throws {
        let port = try LoopbackServer.closedPort()
        let load = try await LoadScenario(url: "http://127.0.0.1:\(port)").run()
        #expect(load.ledger[.refused] == 100 && load.ledger.isBalanced)
        #expect(load.invalidReasons == ["the target answered none of 100 requests: refused 100"])
    }

    @Test func `a target that accepts and never answers ends in timeouts, on time`() async throws {
        let server = try LoopbackServer { _ in .hang }
        defer { server.stop() }
        let scenario = LoadScenario(url: server.url, rate: 40) { $0.timeout = .milliseconds(200) }
        let load = try await scenario.run()
        #expect(load.ledger[.timeout] == 20 && load.ledger.isBalanced)
        #expect(load.latency.minimum >= 190_000_000)
        #expect(load.invalidReasons.isEmpty, "a silent target was measured; it fails by its errors")
    }

    @Test(arguments: [LoopbackServer.Reply.reset, .close])
    func `a connection torn down is a reset`(reply: LoopbackServer.Reply) async throws {
        let server = try LoopbackServer { _ in reply }
        defer { server.stop() }
        let load = try await LoadScenario(url: server.url, rate: 80).run()
        #expect(load.ledger[.reset] == 40 && load.ledger.isBalanced)
    }

    @Test func `bytes that are not HTTP are a transport error`() async throws {
        let server = try LoopbackServer { _ in .raw(Array("SSH-2.0-OpenSSH\r\n".utf8)) }
        defer { server.stop() }
        let load = try await LoadScenario(url: server.url, rate: 40).run()
        #expect(load.ledger[.transport] == 20 && load.ledger.isBalanced)
    }

    @Test func `plain text where TLS is expected is a TLS error`() async throws {
        let server = try LoopbackServer { _ in .answer() }
        defer { server.stop() }
        let url = "https://127.0.0.1:\(server.port)"
        let load = try await LoadScenario(url: url, rate: 40) { $0.timeout = .milliseconds(500) }.run()
        #expect(load.ledger.completed == 0 && load.ledger.isBalanced)
        #expect(load.ledger[.tls] + load.ledger[.timeout] == 20)
    }

    @Test func `a name without address is a DNS error`() async throws {
        let load = try await LoadScenario(url: "http://nowhere.invalid", rate: 20) { $0.timeout = .seconds(5) }.run()
        #expect(load.ledger[.dns] == 10 && load.ledger.isBalanced)
    }

    @Test func `arrivals that find no connection within maxLag are dropped and counted`() async throws {
        let server = try LoopbackServer { _ in .answer(after: .milliseconds(200)) }
        defer { server.stop() }
        let load = try await LoadScenario(url: server.url) { test in
            test.connections = 2
            test.maxLag = .milliseconds(50)
        }.run()
        #expect(load.ledger.scheduled == 100 && load.ledger.isBalanced)
        #expect(load.ledger[.droppedAtCap] > 80)
        #expect(load.ledger.completed > 0)
        #expect(load.ledger.completed + load.ledger[.droppedAtCap] == 100)
        #expect(load.latency.count == load.ledger.completed)
        // The target was slow, the generator was not.
        #expect(load.invalidReasons == [])
        #expect(load.samples.count { $0.outcome == .droppedAtCap } == Int(load.ledger[.droppedAtCap]))
        #expect(server.connectionCount <= 2)
    }

    @Test func `the warm-up stays out of the totals and in seconds and samples`() async throws {
        let server = try LoopbackServer()
        defer { server.stop() }
        let load = try await LoadScenario(url: server.url) { $0.warmup = .milliseconds(250) }.run()
        #expect(load.warmup.completed == 50 && load.warmup.isBalanced)
        #expect(load.ledger.completed == 100 && load.latency.count == 100)
        #expect(load.statusCodes == [200: 100])
        #expect(load.samples.count == 150)
        #expect(load.seconds.reduce(0) { $0 + $1.scheduled } == 150)
        #expect(load.measuredFrom == load.startedAt + 250_000_000)
        #expect(load.endedAt == load.measuredFrom + 500_000_000)
    }

    @Test func `samples beyond the limit are counted`() async throws {
        let server = try LoopbackServer()
        defer { server.stop() }
        var scenario = LoadScenario(url: server.url)
        scenario.settings.sampleLimit = 30
        let load = try await scenario.run()
        #expect((1...30).contains(load.samples.count) && load.samples.count + Int(load.droppedSamples) == 100)
        #expect(load.latency.count == 100)
    }

    @Test func `a cancelled run stops at once and keeps what was measured`() async throws {
        let server = try LoopbackServer()
        defer { server.stop() }
        let scenario = LoadScenario(url: server.url, duration: .seconds(30))
        let answered = Atomic<Int>(0)
        let task = Task { try await scenario.generator.run { answered.store(Int($0.answered), ordering: .relaxed) } }
        while answered.load(ordering: .relaxed) < 20 { try await Task.sleep(for: .milliseconds(5)) }
        task.cancel()
        let result = try await task.value
        let load = try #require(result.tests.first)
        #expect(result.wasInterrupted)
        #expect(load.ledger.isBalanced && load.ledger.completed >= 20)
        #expect(load.ledger.scheduled < 3000)
        #expect(load.endedAt - load.startedAt < 15_000_000_000)
        // Nothing is sent after the end.
        let seen = server.requests.count
        #expect(seen == Int(load.ledger.scheduled - load.ledger.dropped))
        try await Task.sleep(for: .milliseconds(50))
        #expect(server.requests.count == seen)
    }

    @Test func `requests in flight at an interruption are cut off after the grace period`() async throws {
        let server = try LoopbackServer { _ in .hang }
        defer { server.stop() }
        var scenario = LoadScenario(url: server.url, rate: 40, duration: .seconds(30)) { test in
            test.connections = 4
            test.timeout = .seconds(60)
            test.maxLag = .seconds(60)
        }
        scenario.settings.interruptionGrace = .milliseconds(100)
        let generator = scenario.generator
        let task = Task { try await generator.run { _ in } }
        while server.requests.count < 4 { try await Task.sleep(for: .milliseconds(5)) }
        task.cancel()
        let load = try #require(try await task.value.tests.first)
        #expect(load.ledger.scheduled >= 4)
        #expect(load.ledger[.aborted] == load.ledger.scheduled)
        #expect(load.latency.count == 4)
    }
}
