import Foundation
import Testing

@testable import Plans

/// What `plimsoll init` writes is a project that can be read as it is.
struct StarterProjectTests {
    private static let api = """
        openapi: 3.1.0
        info: { title: Books, version: "1" }
        servers: [{ url: /v1 }, { url: "http://127.0.0.1:3000/api" }]
        paths:
          /healthz: { get: { responses: { "200": { description: ok } } } }
          /orders/{id}:
            parameters: [{ name: id, in: path, required: true, schema: { type: integer, minimum: 1, maximum: 9 } }]
            get: { responses: { "200": { description: ok } } }
          /search:
            get:
              parameters: [{ name: q, in: query, required: true, example: swift }, { name: page, in: query }]
              responses: { "200": { description: ok } }
          /secret:
            get:
              parameters: [{ name: X-Key, in: header, required: true, schema: { type: string } }]
              responses: { "200": { description: ok } }
          /books: { get: { responses: { "200": { description: ok } } }, post: { responses: { "201": { description: ok } } } }
          /users/{name}:
            get:
              parameters: [{ $ref: "#/components/parameters/name" }]
              responses: { "200": { description: ok } }
        components: { parameters: { name: { name: name, in: path, required: true, schema: { type: string } } } }
        """

    private func load(_ starter: StarterProject) throws -> Project {
        let files = Dictionary(uniqueKeysWithValues: starter.files.map { ($0.name, $0.contents) })
        return try TemporaryProject(files).load()
    }

    @Test func `without a description it asks for the root, and is valid without a warning`() throws {
        let starter = try StarterProject(name: "my \"shop\"", url: nil)
        let project = try load(starter)
        #expect(project.warnings.isEmpty, "\(project.warnings)")
        #expect(project.plan.moduleID == "my \"shop\"")
        #expect(project.plan.tests.map(\.path) == ["/"])
        #expect(project.plan.target.baseURL == "http://127.0.0.1:8080")
        #expect(!project.thresholds.isEmpty)
        #expect(!starter.advice.isEmpty)
    }

    @Test func `with one it tests what can be asked, the plainest first`() throws {
        let starter = try StarterProject(name: "books", url: nil, api: (Array(Self.api.utf8), "openapi.yaml"))
        let project = try load(starter)
        #expect(project.warnings.isEmpty, "\(project.warnings)")
        #expect(project.plan.tests.map(\.path) == ["/books", "/search?q=swift", "/orders/{{random 1 9}}"])
        #expect(project.plan.target.baseURL == "http://127.0.0.1:3000/api")
        #expect(project.plan.target.healthCheck.path == "/healthz")
        #expect(project.knownEndpoints.contains("POST /books"))
        #expect(starter.advice.contains { $0.contains("made-up value of id") })
    }

    @Test func `what changes data is there as a comment, with a body its schema would take`() throws {
        let api = """
            openapi: 3.1.0
            paths:
              /carts:
                post:
                  requestBody:
                    content:
                      application/json: { schema: { $ref: "#/components/schemas/Cart" } }
              /carts/{id}:
                parameters: [{ name: id, in: path, required: true, schema: { type: string, format: uuid } }]
                put: { requestBody: { content: { application/merge-patch+json: { example: { a: "x: #y" } } } } }
                delete: {}
              /upload: { post: { requestBody: { content: { image/png: {} } } } }
            components:
              schemas:
                Cart:
                  type: object
                  required: [lines, owner, email, kind, weight]
                  properties:
                    id: { type: string, readOnly: true }
                    note: { type: string }
                    owner: { type: string, minLength: 9 }
                    email: { type: string, format: email }
                    kind: { enum: [gift, own] }
                    weight: { type: number, exclusiveMinimum: 2.5 }
                    lines: { type: array, items: { allOf: [{ $ref: "#/components/schemas/Line" }] } }
                Line:
                  type: object
                  properties: { count: { type: integer, minimum: 3 }, key: { type: string, format: uuid }, up: { $ref: "#/components/schemas/Line" } }
            """
        let starter = try StarterProject(name: "b", url: nil, api: (Array(api.utf8), "openapi.yaml"))
        #expect(try load(starter).plan.tests.map(\.path) == ["/"])
        #expect(starter.advice.contains { $0.contains("POST /carts, PUT /carts/{id}: written as comments") })
        // As a person does it: the # is taken away from every line of the writes.
        var edited = starter
        let index = try #require(edited.files.firstIndex { $0.name == "test-suite.plan.yaml" })
        let plan = edited.files[index].contents.split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(plan.firstIndex { $0.contains("These change") })
        let end = try #require(plan.firstIndex { $0.contains("A sudden burst") })
        edited.files[index].contents = plan.enumerated().map { line, text in
            line > start && line < end ? text.replacing("  # ", with: "  ")[...] : text
        }.joined(separator: "\n")
        let project = try load(edited)
        #expect(project.warnings.isEmpty, "\(project.warnings)")
        #expect(project.plan.tests.map(\.name) == ["GET /", "POST /carts", "PUT /carts/{id}"])
        #expect(project.plan.tests[2].path == "/carts/{{uuid}}")
        #expect(project.plan.tests[2].body == .json(#"{"a":"x: #y"}"#))
        guard case .json(let body)? = project.plan.tests[1].body else { throw POSIXError(.EINVAL) }
        let value = try #require(JSONParser.parse(Array(body.utf8)))
        #expect(value["owner"]?.text == "examplexx" && value["email"]?.text == "user@example.com")
        #expect(value["kind"]?.text == "gift" && value["weight"] == .number(3.5))
        #expect(value["id"] == nil && value["note"] == nil)
        #expect(value["lines"]?.elements?.first?["count"] == .number(3))
    }

    @Test func `the given address wins over the document's`() throws {
        let starter = try StarterProject(name: "b", url: "http://10.0.0.1", api: (Array(Self.api.utf8), "openapi.yaml"))
        #expect(try load(starter).plan.target.baseURL == "http://10.0.0.1")
    }

    @Test(arguments: ["swagger: '2.0'", "openapi: 2.0.0", "{", ""])
    func `what is no OpenAPI document is told with its name`(text: String) {
        let error = #expect(throws: ProjectError.self) {
            try StarterProject(name: "b", url: nil, api: (Array(text.utf8), "openapi.yaml"))
        }
        #expect(error?.diagnostics.first?.file == "openapi.yaml")
    }

    @Test func `an address that is none is told`() {
        #expect(throws: ProjectError.self) { try StarterProject(name: "b", url: "not a url") }
    }

    @Test func `a description without a GET that can be asked still gives a project`() throws {
        let api = "openapi: 3.1.0\npaths: { /orders: { post: {} } }"
        let starter = try StarterProject(name: "b", url: nil, api: (Array(api.utf8), "openapi.yaml"))
        #expect(try load(starter).plan.tests.count == 1)
        #expect(starter.advice.contains { $0.contains("POST /orders") })
    }
}
