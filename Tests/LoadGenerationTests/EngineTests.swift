import Curl
import LoadGeneration
import Plans
import Statistics
import Synchronization
import Telemetry
import TestSupport
import Testing

/// What holds whoever carries the requests: libcurl, or the plain loop that stands in for it.
@Suite(.repeatedOnBusyMachine) struct EngineTests {
    @Test(arguments: TransferEngine.allCases)
    func `connections are kept and requests are told apart`(engine: TransferEngine) async throws {
        let server = try LoopbackServer()
        defer { server.stop() }
        let load = try await run(engine, server)
        #expect(load.ledger.completed == 100 && load.statusCodes == [200: 100])
        #expect(server.connectionCount == Int(load.connectionsOpened))
        #expect(server.connectionCount < 33)
        #expect(Set(server.requests.compactMap { $0.header("traceparent") }).count == 100)
        #expect(server.requests.allSatisfy { $0.header("host") == "127.0.0.1:\(server.port)" })
        #expect(server.requests.allSatisfy { $0.header("accept") == "*/*" })
        #expect(load.phases.connect.count == load.connectionsOpened)
        #expect(load.phases.wait.count == 100)
    }

    @Test(arguments: TransferEngine.allCases)
    func `a server that closes after each answer costs connections, not requests`(engine: TransferEngine) async throws {
        let server = try LoopbackServer { _ in
            .raw(Array("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok".utf8))
        }
        defer { server.stop() }
        let load = try await run(engine, server)
        #expect(load.ledger.completed == 100 && load.connectionsOpened == 100)
    }

    @Test(arguments: TransferEngine.allCases)
    func `a kept connection that was closed meanwhile is no failure`(engine: TransferEngine) async throws {
        // It says nothing of closing, and closes all the same.
        let server = try LoopbackServer { _ in .raw(Array("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".utf8)) }
        defer { server.stop() }
        let load = try await run(engine, server)
        #expect(load.ledger.completed == 100)
    }

    @Test(arguments: TransferEngine.allCases)
    func `chunks and bodies up to the close are answers`(engine: TransferEngine) async throws {
        let count = Atomic<Int>(0)
        let server = try LoopbackServer { _ in
            let text =
                count.add(1, ordering: .relaxed).newValue.isMultiple(of: 2)
                ? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
                : "HTTP/1.1 200 OK\r\n\r\nuntil the end"
            return .raw(Array(text.utf8))
        }
        defer { server.stop() }
        let load = try await run(engine, server)
        #expect(load.ledger.completed == 100)
    }

    @Test(arguments: TransferEngine.allCases)
    func `an answer cut short is a reset`(engine: TransferEngine) async throws {
        let server = try LoopbackServer { _ in .raw(Array("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nfew".utf8)) }
        defer { server.stop() }
        let load = try await run(engine, server)
        #expect(load.ledger[.reset] == 100 && load.ledger.isBalanced)
    }

    @Test(arguments: TransferEngine.allCases)
    func `large bodies go both ways`(engine: TransferEngine) async throws {
        let body = [UInt8](repeating: 7, count: 300_000)
        let server = try LoopbackServer { .answer(body: $0.body) }
        defer { server.stop() }
        var scenario = LoadScenario(url: server.url, rate: 40) { test in
            test.method = "POST"
            test.body = .text(String(repeating: "z", count: 300_000))
        }
        scenario.settings.engine = engine
        let load = try await scenario.run()
        #expect(load.ledger.completed == 20)
        #expect(server.requests.allSatisfy { $0.body.count == body.count })
        #expect(load.bytesReceived > 6_000_000 && load.bytesSent > 6_000_000)
    }

    @Test(arguments: TransferEngine.allCases)
    func `a ramp sends every arrival of its formula`(engine: TransferEngine) async throws {
        let server = try LoopbackServer()
        defer { server.stop() }
        var scenario = LoadScenario(url: server.url) { test in
            test.rate.stages = [.init(from: 0, to: 400, duration: .seconds(1))]
        }
        scenario.settings.engine = engine
        let load = try await scenario.run()
        #expect(load.ledger.scheduled == 200 && load.ledger.completed == 200)
        for (index, sample) in load.samples.enumerated() {
            let due = (2 * Double(index) / 400).squareRoot() * 1e9
            #expect(abs(Double(sample.scheduledAt - load.startedAt) - due) < 1000)
        }
    }

    private func run(_ engine: TransferEngine, _ server: LoopbackServer) async throws -> TestLoad {
        var scenario = LoadScenario(url: server.url)
        scenario.settings.engine = engine
        return try await scenario.run()
    }
}
