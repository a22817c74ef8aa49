import Plans
import Testing

/// Where a composite test's steps may stand beside the plan.
struct FlowSourceTests {
    private func test(_ line: String, _ files: [String: String]) throws -> TestDefinition {
        var files = files
        files["test-suite.plan.yaml"] = """
            target: { baseUrl: http://127.0.0.1:8080 }
            tests:
              - { type: composite, rps: 1, duration: 10s, \(line) }
            """
        return try #require(try TemporaryProject(files).load().plan.tests.first)
    }

    @Test(arguments: ["traceplan-list", "traceplan-map"])
    func `a business flow of the trace plan gives steps and name`(fixture: String) throws {
        let flows = try PlanFixture.named("valid/" + fixture).text
        let test = try test("flow: checkout", ["trace.plan.yaml": flows])
        #expect(test.name == "checkout")
        #expect(test.steps.map(\.name) == ["POST /login", "GET /cart"])
    }

    @Test func `a fault in a flow is told where it stands`() throws {
        let files = [
            "test-suite.plan.yaml": """
            target: { baseUrl: http://127.0.0.1:8080 }
            tests: [{ type: composite, rps: 1, duration: 10s, flow: buy }]
            """,
            "trace.plan.yaml": "flows:\n  buy:\n    - GET cart\n",
        ]
        let told = try TemporaryProject(files).failure()?.diagnostics.map(\.description) ?? []
        #expect(told.count == 1)
        #expect(told.first?.hasPrefix("trace.plan.yaml:3:7: error: ") == true)
    }

    @Test func `a scenario becomes requests with what is said about them`() throws {
        let feature = try #require(try PlanFixture.companions()["features/checkout.feature"])
        let test = try test("feature: checkout.feature, scenario: buy a book", ["checkout.feature": feature])
        #expect(test.steps.map(\.method) == ["POST", "GET"])
        #expect(test.steps.map(\.path) == ["/login", "/books/{{random 1 9}}?full=1"])
        #expect(test.steps.allSatisfy { $0.headers == [HeaderField(name: "X-Tenant", value: "vet")] })
        #expect(test.steps[0].body == .json(#"{"user":"ada","password":"analytical"}"#))
        #expect(test.steps[0].expectation.statuses == [200])
        #expect(test.steps[0].captures.map(\.name) == ["token"])
        #expect(test.steps[0].thinkTime == .milliseconds(100) ... .milliseconds(100))
        #expect(test.steps[1].expectation.patterns == [#"in stock \(now\)"#])
    }

    @Test func `tags of features and scenarios, and features of flows, are the test's`() throws {
        let feature = """
            @perf @shop # since spring
            Feature: Checkout
              @smoke
              Scenario: buy
                When I GET /a
              @slow
              @perf
              Scenario Outline: browse
                When I GET /<b>
                @big
                Examples:
                  | b |
                  | c |
            """
        let files = ["a.feature": feature]
        #expect(try test("feature: a.feature, scenario: buy", files).tags == ["perf", "shop", "smoke"])
        #expect(try test("feature: a.feature", files).tags == ["perf", "shop", "smoke", "slow"])
        let flows = "flows: [{ name: buy, feature: Checkout, features: [Cart, 7], steps: [GET /a] }]"
        #expect(try test("flow: buy", ["trace.plan.yaml": flows]).tags == ["Checkout", "Cart", "7"])
    }

    @Test func `the rows of an outline come in turn`() throws {
        let feature = try #require(try PlanFixture.companions()["features/checkout.feature"])
        let plan = """
            target: { baseUrl: http://127.0.0.1:8080 }
            tests: [{ type: composite, rps: 1, duration: 10s, feature: checkout.feature, scenario: buy several }]
            """
        let project = try TemporaryProject(["test-suite.plan.yaml": plan, "checkout.feature": feature]).load()
        let steps = try #require(project.plan.tests.first).steps
        #expect(steps.map(\.path) == ["/books/{{csv checkout.feature:18 isbn}}", "/cart"])
        #expect(steps[1].body == .text("{{csv checkout.feature:18 note}} for {{csv checkout.feature:18 isbn}}"))
        let table = try #require(project.plan.tables["checkout.feature:18"])
        #expect(table.rows == [["17", "gift"], ["42", "later"]])
    }

    @Test(arguments: [
        ("Feature: x", "checkout.feature: error: no step names an HTTP call; example: `When I POST /checkout/submit`"),
        ("Scenario: a\n  When I GET /a\n  Then magic happens\n", nil),
        (
            "Scenario: a\n  When I GET a\n",
            "checkout.feature: error: no step names an HTTP call; example: `When I POST /checkout/submit`"
        ),
        (
            "Scenario: a\n  When I GET /a{{x}}\n",
            "checkout.feature:2:3: error: `endpoint`: unknown template {{x}}; known: "
        ),
        (
            "Scenario: a\n  When I POST /a\n    \"\"\"\n    open\n",
            "checkout.feature:3:5: error: the text is not closed with `\"\"\"`"
        ),
        (
            "Scenario Outline: a\n  When I GET /a/<b>\n  Examples:\n  | b |\n",
            "checkout.feature:1:1: error: the examples of \"a\" need rows"
        ),
    ])
    func `what is wrong with a feature is told by line`(text: String, expected: String?) throws {
        let plan = """
            target: { baseUrl: http://127.0.0.1:8080 }
            tests: [{ type: composite, rps: 1, duration: 10s, feature: checkout.feature }]
            """
        let project = try TemporaryProject(["test-suite.plan.yaml": plan, "checkout.feature": text])
        guard let expected else {
            let warnings = try project.load().warnings.map(\.description)
            #expect(warnings.count == 1)
            #expect(warnings.first?.hasPrefix("checkout.feature:3:3: warning: has no effect: ") == true)
            return
        }
        let told = project.failure()?.diagnostics.map(\.description) ?? []
        #expect(told.contains { $0.hasPrefix(expected) }, "\(told)")
    }
}
