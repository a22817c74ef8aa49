import Plans
import Testing

/// Schemas as a plan gets them, from `fixtures/plans/companions/generated.api.yaml`.
struct APIDescriptionTests {
    @Test func `the operation is found by its path with the fewest parameters`() throws {
        let order = try schemas("GET /orders/7?full=1")
        #expect((order.schema(for: 200) ?? nil)?.rules.count == 8)
        let latest = try schemas("GET /orders/latest")
        #expect((latest.schema(for: 200) ?? nil)?.rules.count == 1)
        let templated = try schemas("\"GET /orders/{{random 1 9}}\"")
        #expect(templated == order)
    }

    @Test func `the most exact status wins`() throws {
        let order = try schemas("GET /orders/7")
        #expect((order.schema(for: 204) ?? nil)?.rules.first?.required == ["id", "lines"])
        #expect((order.schema(for: 500) ?? nil)?.rules.first?.required == ["title"])
    }

    @Test func `references are followed, into themselves too`() throws {
        let order = try schemas("GET /orders/7")
        let schema = try #require(order.schema(for: 200) ?? nil)
        let root = schema.rules[schema.root]
        let lines = try #require(root.properties["lines"])
        let line = try #require(schema.rules[lines].items)
        #expect(schema.rules[line].properties["part"] == line)
        let price = try #require(schema.rules[line].properties["price"])
        #expect(schema.rules[price].exclusiveMinimum == 0)
        let note = try #require(root.properties["note"])
        #expect(schema.rules[note].kinds == [.string, .null])
        let others = try #require(root.otherProperties)
        #expect(schema.rules[others].isNever)
    }

    private func schemas(_ endpoint: String) throws -> ResponseSchemas {
        let plan = """
            target: { baseUrl: "http://127.0.0.1:8080" }
            tests:
              - { type: load, endpoint: \(endpoint), rps: 1, duration: 1s, expect: { schema: true } }
            """
        let files = try PlanFixture.companions().merging(["test-suite.plan.yaml": plan]) { _, own in own }
        let project = try TemporaryProject(files).load()
        return try #require(project.plan.tests.first?.expectation.schemas)
    }
}
