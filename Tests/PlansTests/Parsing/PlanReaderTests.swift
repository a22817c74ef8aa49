import Plans
import Testing

struct PlanReaderTests {
    @Test func `reads the plan of the specification`() throws {
        let plan = try load("valid/seed-checkout", service: "baseUrl: http://127.0.0.1:8080/").plan
        #expect(plan.lineageID == "proj-933-checkout")
        #expect(plan.moduleID == "CheckoutService")
        #expect(plan.editionID == "vetclinic")
        #expect(plan.target == TargetPlan(baseURL: "http://127.0.0.1:8080"))
        #expect(plan.tests.map(\.type) == [.load, .spike])
        // The second test says no endpoint: it goes where the first went.
        #expect(plan.tests.map(\.path) == ["/checkout/submit", "/checkout/submit"])
        #expect(plan.tests.map(\.name) == ["GET /checkout/submit", "GET /checkout/submit (spike)"])
        #expect(plan.tests.map(\.duration) == [.seconds(300), .seconds(60)])
    }

    @Test func `reads every key of the contract`() throws {
        let plan = try load("valid/contract").plan
        #expect(plan.target.baseURL == "http://127.0.0.1:8080")
        #expect(plan.target.healthCheck == HealthCheckPlan(path: "/healthz", timeout: .seconds(20)))
        #expect(
            plan.target.headers == [
                HeaderField(name: "Authorization", value: "Bearer s3cret-token"),
                HeaderField(name: "X-Price", value: "${TOKEN}"),
            ]
        )
        let first = try #require(plan.tests.first)
        #expect(first.name == "submit a cart")
        #expect((first.method, first.path) == ("POST", "/checkout/submit"))
        #expect(first.arrivals == .poisson)
        #expect(first.headers == [HeaderField(name: "X-Tenant", value: "tenant-9")])
        #expect(first.expectation.statuses == [200, 201])
        #expect(first.expectation.json == [JSONExpectation(path: try JSONPath("$.ok"), expected: .bool(true))])
        #expect(first.expectation.schemas?.schema(for: 200)??.rules.first?.required == ["ok"])
        // Described without JSON, and not described at all.
        #expect(first.expectation.schemas?.schema(for: 201) == .some(nil))
        #expect(first.expectation.schemas?.schema(for: 404) == .none)
        #expect((first.warmup, first.timeout, first.maxLag) == (.seconds(10), .milliseconds(1500), .milliseconds(500)))
        #expect((first.connections, first.seed) == (64, 7))
        let json = #"{"cart":"{{uuid}}","zip":"00123","count":3,"note":"no","price":1.50,"tags":["a",null,true]}"#
        #expect(first.body == .json(json))
    }

    @Test func `fills in the plan's defaults and the request before`() throws {
        let tests = try load("valid/contract").plan.tests
        let soak = tests[1]
        // Another endpoint: nothing of the request before fits it.
        #expect((soak.method, soak.path) == ("GET", "/health?deep=1"))
        #expect(soak.body == nil && soak.headers.isEmpty && soak.expectation == ResponseExpectation())
        #expect((soak.duration, soak.warmup) == (.seconds(90), .seconds(5)))
        #expect(soak.rate == .constant(40, for: .seconds(90)))
        #expect(tests.map(\.name).suffix(2) == ["GET /health?deep=1 (spike)", "GET /health?deep=1 (spike 2)"])
    }

    @Test func `a test without endpoint repeats body, headers and expectation`() throws {
        let plan = try plan(
            """
              - { type: load, endpoint: POST /a, rps: 1, duration: 1s, body: hello, headers: { X-A: b }, expect: { status: 201 } }
              - { type: spike, rps: 5, duration: 3s, body: { text: other } }
            """
        )
        #expect(plan.tests[1].method == "POST")
        #expect(plan.tests.map(\.body) == [.text("hello"), .text("other")])
        #expect(plan.tests[1].headers == [HeaderField(name: "X-A", value: "b")])
        #expect(plan.tests[1].expectation.statuses == [201])
    }

    @Test func `keeps the values of variables as secrets`() throws {
        let plan = try load("valid/contract").plan
        #expect(plan.target.secrets == ["s3cret-token", "tenant-9"])
        // The shell fills in the command's variables itself.
        #expect(plan.target.startCommand == "./run-server.sh --port ${PORT}")
    }

    @Test func `an empty variable is no secret`() throws {
        let target = "{ baseUrl: http://127.0.0.1:8080, headers: { X-A: \"${EMPTY}\" } }"
        let plan = try plan("  - { type: load, endpoint: /, rps: 1, duration: 1s }", target: target)
        #expect(plan.target.headers == [HeaderField(name: "X-A", value: "")])
        #expect(plan.target.secrets.isEmpty)
    }

    @Test func `a diagnostic never shows a variable's value`() throws {
        let text = """
            target: { baseUrl: "http://127.0.0.1:8080", headers: { X-A: "${TOKEN}\\r\\n", "b c": "${TOKEN}" } }
            tests:
              - { type: load, endpoint: /, rps: none, duration: 1s, headers: { X: "${TOKEN} ${NOPE}" } }
            """
        let error = try #require(try TemporaryProject(["test-suite.plan.yaml": text]).failure())
        #expect(error.diagnostics.count == 4)
        #expect(!error.description.contains("s3cret"))
    }

    @Test func `names ids that the plan does not`() throws {
        let text = "target: { baseUrl: http://h }\ntests: [{ type: soak, endpoint: /, rps: 1, duration: 1s }]"
        let project = try TemporaryProject(["shop/perf/test-suite.plan.yaml": text])
        let plan = try project.load("shop/perf").plan
        #expect((plan.moduleID, plan.lineageID, plan.editionID) == ("shop", "shop", "default"))
    }

    @Test func `a name of one's own is kept, and endpoint names give way`() throws {
        let plan = try plan(
            """
              - { type: load, endpoint: /a, rps: 1, duration: 1s }
              - { type: soak, name: GET /a, rps: 1, duration: 1s }
            """
        )
        #expect(plan.tests.map(\.name) == ["GET /a (load)", "GET /a"])
    }

    @Test(arguments: [
        ("/", "http://h:80/api", "/"), ("/a?b=c&d", "http://h:80/api", "/a?b=c&d"),
        ("http://h/api/a/?x=http://y", "http://h/api/", "/a/?x=http://y"), ("HTTP://H:80/api", "http://h/api", "/"),
        ("http://[::1]:8080/a", "http://[::1]:8080", "/a"), ("delete /a", "https://h", "/a"),
    ])
    func `an endpoint may be a path or a URL under the base URL`(endpoint: String, base: String, path: String) throws {
        let plan = try plan(
            "  - { type: load, endpoint: \"\(endpoint)\", rps: 1, duration: 1s }",
            target: "{ baseUrl: \"\(base)\" }"
        )
        #expect(plan.tests.first?.path == path)
    }

    @Test func `a URL beside the base path is refused`() throws {
        let text = """
            target: { baseUrl: http://h/api }
            tests: [{ type: load, endpoint: http://h/apis, rps: 1, duration: 1s }]
            """
        let error = try #require(try TemporaryProject(["test-suite.plan.yaml": text]).failure())
        #expect(error.description.contains("lies outside target.baseUrl"))
    }

    private func load(_ fixture: String, service: String = "module: CheckoutService") throws -> Project {
        let text = try PlanFixture.named(fixture).text
        let files = ["test-suite.plan.yaml": text, "service.metadata.yaml": service]
        return try TemporaryProject(files.merging(try PlanFixture.companions()) { own, _ in own }).load()
    }

    private func plan(_ tests: String, target: String = "{ baseUrl: http://127.0.0.1:8080 }") throws -> TestPlan {
        try TemporaryProject(["test-suite.plan.yaml": "target: \(target)\ntests:\n\(tests)\n"]).load().plan
    }
}
