import LoadGeneration
import Plans
import Telemetry
import Testing

/// What answers must be, judged on those of a server in another process.
@Suite struct ExpectationTests {
    private static let order = #"{"ok":true,"items":[{"price":1.5},{"price":2}],"note":null}"#

    @Test(arguments: [
        ("$.ok", "true", true), ("$.ok", "false", false), ("$.items[0].price", "1.5", true),
        ("$.items[*].price", "1.5", false), ("$.missing", "null", false), ("$.note", "null", true),
        ("$.items[-1]", #"{"price":2.0}"#, true), ("$..price", "2", false),
    ])
    func `a JSON path must lead to the value`(path: String, value: String, isMet: Bool) async throws {
        let expected = try #require(JSONParser.parse(Array(value.utf8)))
        let expectation = ResponseExpectation(json: [JSONExpectation(path: try JSONPath(path), expected: expected)])
        let load = try await load(ExpectationTests.order, expectation)
        #expect(load.ledger.completed == (isMet ? 10 : 0) && load.ledger[.validation] == (isMet ? 0 : 10))
        if !isMet {
            #expect(load.failureReasons.ranked.map(\.reason).allSatisfy { $0.hasPrefix(path) })
            #expect(load.failureReasons.ranked.map(\.count) == [10])
        }
    }

    @Test(arguments: [(#""ok": *true"#, true), (#"^\{.*\}$"#, true), (#"\d{3}"#, false)])
    func `a pattern must be found in the body`(pattern: String, isMet: Bool) async throws {
        let load = try await load(ExpectationTests.order, ResponseExpectation(patterns: [pattern]))
        #expect(load.ledger.completed == (isMet ? 10 : 0) && load.ledger[.validation] == (isMet ? 0 : 10))
    }

    @Test func `a body must have the size`() async throws {
        let server = try ServerProcess("server.py")
        defer { server.stop() }
        for (size, isMet) in [(200...200, true), (0...199, false), (201...1000, false)] {
            let load = try await LoadScenario(url: server.url, rate: 100, duration: .milliseconds(100)) { test in
                test.path = "/size/200"
                test.expectation = ResponseExpectation(size: size)
            }.run()
            #expect(load.ledger.completed == (isMet ? 10 : 0) && load.ledger[.validation] == (isMet ? 0 : 10))
        }
    }

    @Test func `a status that is not wanted counts before the body is looked at`() async throws {
        let expectation = ResponseExpectation(statuses: [201], patterns: ["never"])
        let load = try await load("{}", expectation)
        #expect(load.ledger[.status] == 10)
        #expect(load.failureReasons.counts == ["HTTP 200": 10])
    }

    @Test(arguments: [
        (#"{"id":1,"tags":["a"]}"#, nil), (#"{"id":0,"tags":["a"]}"#, "$.id is below its minimum"),
        (#"{"id":1}"#, "$.tags is missing"), (#"{"id":1,"tags":["a","a"]}"#, "$.tags has an item twice"),
        (#"{"id":"1","tags":[]}"#, "$.id should be integer"), ("[]", "$ should be object"), ("<p>", "no JSON"),
    ])
    func `a body must fit its schema`(body: String, fault: String?) async throws {
        var root = JSONSchema.Rule()
        root.kinds = [.object]
        root.required = ["id", "tags"]
        root.properties = ["id": 1, "tags": 2]
        var id = JSONSchema.Rule()
        id.kinds = [.integer]
        id.minimum = 1
        var tags = JSONSchema.Rule()
        tags.kinds = [.array]
        tags.isUnique = true
        let schemas = ResponseSchemas(byStatus: ["2XX": JSONSchema(rules: [root, id, tags], root: 0)])
        let load = try await load(body, ResponseExpectation(schemas: schemas))
        #expect(load.ledger.completed == (fault == nil ? 10 : 0))
        #expect(load.failureReasons.ranked.first.map(\.reason)?.contains(fault ?? "-") == (fault == nil ? nil : true))
    }

    @Test func `reasons hold nothing of the answers`() async throws {
        let body = #"{"id":"s3cret","s3cret":1}"#
        let expectations = [
            ResponseExpectation(json: [JSONExpectation(path: try JSONPath("$.id"), expected: .string("x"))]),
            ResponseExpectation(patterns: ["other"]), ResponseExpectation(statuses: [404]),
        ]
        for expectation in expectations {
            let reasons = try await load(body, expectation).failureReasons
            #expect(!reasons.counts.isEmpty)
            #expect(!reasons.counts.keys.contains { $0.contains("s3cret") })
        }
    }

    private func load(_ body: String, _ expectation: ResponseExpectation) async throws -> TestLoad {
        let server = try ServerProcess("server.py")
        defer { server.stop() }
        let encoded = body.utf8.map { "%" + String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        return try await LoadScenario(url: server.url, rate: 100, duration: .milliseconds(100)) { test in
            test.path = "/json?body=\(encoded)"
            test.expectation = expectation
        }.run()
    }
}
