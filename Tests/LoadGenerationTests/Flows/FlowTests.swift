import LoadGeneration
import Plans
import Statistics
import Telemetry
import TestSupport
import Testing

/// Flows against a server in another process that checks what earlier answers gave.
@Suite(.repeatedOnBusyMachine) struct FlowTests {
    @Test func `values, headers and cookies of an answer reach the later steps`() async throws {
        let server = try ServerProcess("server.py")
        defer { server.stop() }
        let load = try await scenario(server, steps: try purchase()).run()
        #expect(load.ledger.completed == 20 && load.ledger.isBalanced && load.invalidReasons == [])
        #expect(load.flowSteps.map(\.name) == ["log in", "cart", "again"])
        #expect(load.flowSteps.map(\.ledger.completed) == [20, 20, 20])
        #expect(load.flowSteps.map(\.statusCodes) == [[201: 20], [200: 20], [200: 20]])
        #expect(load.statusCodes == [201: 20, 200: 40])
        #expect(load.requestsAnswered == 60 && load.samples.count == 60)
        // Each request has a trace of its own.
        let expected = Set(load.samples.map { LoadScenario.numbering.traceparent(of: $0.number) })
        #expect(Set(try await server.requests().compactMap { $0.header("traceparent") }) == expected)
        #expect(expected.count == 60)
        #expect(Set(load.samples.map(\.step)) == [0, 1, 2])
        // Two users take turns by the table, and nobody gets the other's session: the server would answer 403.
        #expect(
            Set(try await server.requests().compactMap { $0.header("cookie") }) == ["session=ada", "session=grace"]
        )
    }

    @Test func `a flow ends at its first failed step`() async throws {
        let server = try ServerProcess("server.py")
        defer { server.stop() }
        let steps = [
            FlowStep(name: "one", path: "/"), FlowStep(name: "two", path: "/flaky?n={{seq}}"),
            FlowStep(name: "three", path: "/"),
        ]
        let load = try await scenario(server, steps: steps).run()
        #expect(load.ledger.completed == 13 && load.ledger[.status] == 7 && load.ledger.isBalanced)
        #expect(load.flowSteps.map(\.ledger.scheduled) == [20, 20, 13])
        #expect(load.flowSteps[1].ledger[.status] == 7)
        #expect(load.failureReasons.counts == ["two: HTTP 503": 7])
        #expect(try await server.requests().count == 53)
    }

    @Test func `an answer without the value to capture fails the flow`() async throws {
        let server = try ServerProcess("server.py")
        defer { server.stop() }
        let steps = [
            FlowStep(
                name: "one",
                path: "/",
                captures: [CapturePlan(name: "token", source: .json(try JSONPath("$.token")))]
            ),
            FlowStep(name: "two", path: "/{{token}}"),
        ]
        let load = try await scenario(server, steps: steps).run()
        #expect(load.ledger[.validation] == 20)
        #expect(load.failureReasons.counts == ["one: the answer has no `token` to capture": 20])
        #expect(try await server.requests().count == 20)
    }

    @Test func `think time separates steps and is no part of the latency`() async throws {
        let server = try ServerProcess("server.py")
        defer { server.stop() }
        let pause = Duration.milliseconds(300)
        let steps = [
            FlowStep(name: "one", path: "/", thinkTime: pause...pause), FlowStep(name: "two", path: "/"),
        ]
        let load = try await scenario(server, steps: steps).run()
        #expect(load.ledger.completed == 20)
        let first = load.samples.filter { $0.step == 0 }
        let second = load.samples.filter { $0.step == 1 }
        for (one, two) in zip(first, second) {
            #expect(two.number == one.number + 1)
            #expect(two.scheduledAt - one.finishedAt >= 300_000_000)
        }
        #expect(load.latency.quantile(0.5) < 250_000_000)
        // A thinking flow holds no connection: all of them got along with the few there are.
        #expect(load.connectionsOpened <= 4)
    }

    @Test func `an address that an answer gave is followed on the target and refused elsewhere`() async throws {
        let server = try ServerProcess("server.py")
        defer { server.stop() }
        let other = try ServerProcess("server.py")
        defer { other.stop() }
        for (address, isAllowed) in [
            ("/next?a=1", true), ("\(server.url)/next?a=1", true), ("\(other.url)/next", false),
        ] {
            let steps = [
                FlowStep(
                    name: "one",
                    path: "/redirect/201?to=\(address)",
                    captures: [CapturePlan(name: "next", source: .header("Location", pattern: nil))]
                ),
                FlowStep(name: "two", path: "{{next}}"),
            ]
            let load = try await scenario(server, steps: steps).run()
            #expect(load.ledger.completed == (isAllowed ? 20 : 0), "\(address) \(load.failureReasons.counts)")
            #expect(load.ledger[.validation] == (isAllowed ? 0 : 20))
        }
        #expect(try await other.requests().isEmpty)
        #expect(try await server.requests().count { $0.target == "/next?a=1" } == 40)
    }

    @Test func `flows arrive on schedule however slow the steps are`() async throws {
        let server = try ServerProcess("server.py")
        defer { server.stop() }
        let steps = [FlowStep(name: "one", path: "/slow?ms=150"), FlowStep(name: "two", path: "/slow?ms=150")]
        let load = try await scenario(server, steps: steps, rate: 40).run()
        #expect(load.ledger.completed == 20)
        let arrivals = load.samples.filter { $0.step == 0 }.map(\.scheduledAt).sorted()
        let gaps = zip(arrivals, arrivals.dropFirst()).map { $1 - $0 }
        #expect(gaps.allSatisfy { (24_900_000...25_100_000).contains($0) })
        #expect(load.latency.quantile(0.5) >= 300_000_000)
    }

    @Test func `flows without a free connection are dropped and counted`() async throws {
        let server = try ServerProcess("server.py")
        defer { server.stop() }
        let steps = [FlowStep(name: "one", path: "/slow?ms=100"), FlowStep(name: "two", path: "/slow?ms=100")]
        var scenario = scenario(server, steps: steps, rate: 100)
        scenario.test.connections = 2
        scenario.test.maxLag = .milliseconds(60)
        let load = try await scenario.run()
        #expect(load.ledger.scheduled == 50 && load.ledger.isBalanced)
        #expect(load.ledger[.droppedAtCap] > 20 && load.ledger.completed > 0)
        #expect(load.flowSteps.allSatisfy { $0.ledger.isBalanced })
    }

    @Test func `a cancelled run cuts flows off and keeps the books`() async throws {
        let server = try ServerProcess("server.py")
        defer { server.stop() }
        let long = Duration.seconds(60)
        let steps = [FlowStep(name: "one", path: "/", thinkTime: long...long), FlowStep(name: "two", path: "/")]
        var scenario = scenario(server, steps: steps)
        scenario.test.rate = .constant(40, for: .seconds(60))
        scenario.test.duration = .seconds(60)
        scenario.settings.interruptionGrace = .milliseconds(50)
        let generator = scenario.generator
        let task = Task { try await generator.run { _ in } }
        while try await server.requests().count < 5 { try await Task.sleep(for: .milliseconds(20)) }
        task.cancel()
        let load = try #require(try await task.value.tests.first)
        #expect(load.ledger.isBalanced && load.ledger[.aborted] == load.ledger.scheduled && load.ledger.scheduled >= 5)
        #expect(load.flowSteps.allSatisfy { $0.ledger.isBalanced })
    }

    /// Log in, then two requests that need everything the first answer gave.
    private func purchase() throws -> [FlowStep] {
        let cart = { (name: String) in
            FlowStep(
                name: name,
                path: "{{place}}",
                headers: [
                    HeaderField(name: "Authorization", value: "Bearer {{token}}"),
                    HeaderField(name: "X-Csrf", value: "{{csrf}}"),
                ],
                expectation: ResponseExpectation(
                    json: [JSONExpectation(path: try JSONPath("$.ok"), expected: .bool(true))]
                )
            )
        }
        return [
            FlowStep(
                name: "log in",
                method: "POST",
                path: "/login",
                body: .form([FormField(name: "user", value: "{{csv users.csv name}}")]),
                captures: [
                    CapturePlan(name: "token", source: .json(try JSONPath("$.token"))),
                    CapturePlan(name: "csrf", source: .pattern("value='([^']+)'")),
                    CapturePlan(name: "place", source: .header("location", pattern: nil)),
                ],
                thinkTime: .milliseconds(1) ... .milliseconds(20)
            ),
            try cart("cart"), try cart("again"),
        ]
    }

    private func scenario(_ server: ServerProcess, steps: [FlowStep], rate: Double = 40) -> LoadScenario {
        var scenario = LoadScenario(url: server.url, rate: rate) { test in
            test.type = .composite
            test.steps = steps
            test.path = steps[0].path
            test.connections = 16
        }
        scenario.tables = ["users.csv": DataTable(columns: ["name"], rows: [["ada"], ["grace"]])]
        return scenario
    }
}
