import Plans
import Testing

/// `editions` of the plan, and `edition.config.json`.
struct EditionTests {
    @Test func `an edition changes rates, users, durations and what is sent`() throws {
        let premium = try project(editions: "base, premium").edition("premium")
        #expect(premium.plan.editionID == "premium")
        #expect(premium.plan.target.baseURL == "http://127.0.0.1:8081")
        #expect(
            premium.plan.target.headers == [
                HeaderField(name: "Accept", value: "*/*"), HeaderField(name: "x-plan", value: "premium"),
            ]
        )
        #expect(premium.plan.tests.map(\.name) == ["steady", "users", "limit"])
        let steady = premium.plan.tests[0]
        #expect(
            steady.rate.stages == [
                .init(from: 0, to: 40, duration: .seconds(1)), .init(from: 40, to: 40, duration: .seconds(4)),
            ]
        )
        #expect(steady.duration == .seconds(5))
        #expect(steady.warmup == .seconds(2), "warm-up is not traffic")
        guard case .users(let users) = premium.plan.tests[1].procedure else {
            Issue.record("no concurrency test")
            return
        }
        #expect(users.users == [2, 4, 8])
        guard case .search(let search) = premium.plan.tests[2].procedure else {
            Issue.record("no stress test")
            return
        }
        #expect(search.startRate == 40)
    }

    @Test func `an edition that is not described runs as the plan says`() throws {
        let project = try project(editions: "base, premium")
        let base = project.edition("base")
        #expect(base.plan.tests.map(\.name) == ["steady", "users", "limit", "only base"])
        #expect(base.plan.tests[0] == project.plan.tests[0])
        #expect(base.plan.target == project.plan.target)
        #expect(base.thresholds == project.thresholds)
    }

    @Test func `the thresholds file wins over the edition's own objectives, which win over the module's`() throws {
        let rules = try project(editions: "premium").edition("premium").thresholds
        #expect(rules.map(\.selector.editionID) == ["premium", nil, "premium"])
        #expect(rules.map(\.limits.p95Milliseconds) == [600, 300, 650])
        #expect(rules[0].source == "edition.config.json:5")
    }

    @Test func `tenants are a table that requests draw from`() throws {
        let project = try project(editions: "premium")
        #expect(project.plan.tables.isEmpty)
        let tables = project.edition("premium").plan.tables
        #expect(tables.values.map(\.rows) == [[["clinic-1"], ["clinic-2"]]])
    }

    @Test func `a tenant of an edition that has none is refused`() throws {
        let files = files(editions: "base, premium", endpoint: "GET /{{tenant}}/orders")
        let error = try #require(try TemporaryProject(files).failure())
        #expect(error.diagnostics.map(\.message).joined().contains("\"base\" no `tenants`"), "\(error)")
    }

    @Test func `editions that the plan does not name are known all the same`() throws {
        #expect(try project(editions: "base").knownEditions == ["base", "premium"])
        #expect(try project(editions: "base, premium").plan.editionIDs == ["base", "premium"])
    }

    @Test func `whatever the factors, as many arrivals as the rate's integral`() throws {
        let test = try project(editions: "premium").edition("premium").plan.tests[0]
        let area = test.rate.stages.reduce(0) { $0 + ($1.from + $1.to) / 2 * ($1.duration / .seconds(1)) }
        #expect(area == 180)
    }

    private func project(editions: String) throws -> Project { try TemporaryProject(files(editions: editions)).load() }

    private func files(editions: String, endpoint: String = "GET /") -> [String: String] {
        [
            "test-suite.plan.yaml": """
            editions: [\(editions)]
            target: { baseUrl: http://127.0.0.1:8080, headers: { Accept: "*/*", X-Plan: any } }
            defaults: { warmup: 2s }
            tests:
              - { type: load, name: steady, endpoint: "\(endpoint)", rps: 20, duration: 10s, rampUp: 2s }
              - { type: concurrency, name: users, users: [1, 2, 4], duration: 9s }
              - { type: stress, name: limit, rps: 20, duration: 60s }
              - { type: load, name: only base, rps: 20, duration: 10s, editions: [base] }
            """,
            "edition.config.json": """
            { "editions": [{ "editionId": "premium", "baseUrl": "http://127.0.0.1:8081",
                "headers": { "x-plan": "premium" }, "tenants": ["clinic-1", "clinic-2"],
                "traffic": { "rps": 2, "users": 2, "duration": 0.5 },

                "slo": { "latencyMs": { "p95": 600 } } }] }
            """,
            "perf-thresholds.yaml": """
            thresholds:
              - { latencyP95: 300 }
              - { editionId: premium, latencyP95: 650 }
            """,
        ]
    }
}
