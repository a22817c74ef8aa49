import Foundation
import Testing

@testable import LoadGeneration
@testable import Plans

/// `docs/schemas`: one JSON Schema (draft 2020-12) a file of the format, held to what is read and written.
struct SchemaFileTests {
    private static let root = URL(filePath: #filePath).appending(path: "../../../..").standardized

    private static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: root.appending(path: path)))
    }

    private static func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)) ?? []).sorted()
    }

    private static func document(of file: String) throws -> JSONValue {
        try #require(JSONParser.parse(try bytes("docs/schemas/\(file).schema.json")), "\(file) has no schema")
    }

    private static func fault(in value: JSONValue, _ file: String) throws -> String? {
        let document = try document(of: file)
        var reader = SchemaReader(document: document)
        let schema = try reader.schema(document)
        #expect(reader.unchecked.isEmpty, "not checked: \(reader.unchecked)")
        return SchemaCheck(schema).fault(in: value)
    }

    private static func yaml(_ bytes: [UInt8]) throws -> JSONValue {
        let log = DiagnosticLog(file: "x")
        let root = try #require(YAMLDocument.root(of: bytes, log: log, example: ""))
        return try #require(JSONValue(yaml: root.node))
    }

    @Test(arguments: names(in: "docs/schemas")) func `every schema names its dialect and can be used`(name: String)
        throws
    {
        let file = name.replacing(".schema.json", with: "")
        let document = try Self.document(of: file)
        #expect(document["$schema"]?.text == "https://json-schema.org/draft/2020-12/schema")
        #expect(document["title"]?.text == file)
        #expect(try Self.fault(in: .string("no such file"), file) != nil)
    }

    /// Merge keys (`<<`) are YAML's business: a schema sees what they come to, and this reader of YAML does not.
    @Test(arguments: PlanFixture.all(in: "valid").filter { !$0.text.contains("<<:") })
    func `every file that is read fits its schema`(fixture: PlanFixture)
        throws
    {
        let fault = try Self.fault(in: Self.yaml(Array(fixture.text.utf8)), fixture.fileName)
        #expect(fault == nil, "\(fixture.fileName): \(fault ?? "")")
    }

    /// Faults that need another file, or more than one value at a time, are beyond a schema.
    @Test(arguments: [
        "thresholds-values.yaml", "unknown-test-type.yaml", "wrong-type-rate.yaml", "rate-out-of-range.yaml",
        "duration-units.yaml", "empty-tests.yaml", "no-tests.yaml", "annotation-values.yaml", "profile-values.yaml",
        "profile-missing.yaml", "events-values.json", "events-empty.json", "baseline-values.json",
        "gate-and-retry.yaml",
        "traceplan-values.yaml", "weights-values.yaml",
    ])
    func `a file that is refused does not fit it`(name: String) throws {
        let fixture = try #require(PlanFixture.all(in: "invalid").first { $0.name == name })
        #expect(try Self.fault(in: Self.yaml(Array(fixture.text.utf8)), fixture.fileName) != nil)
    }

    @Test(arguments: [
        ("test-suite.plan.yaml", "tests: [{ type: stress, endpoint: /, rps: 1, duration: 1m, slo: { p95: 300 } }]"),
        ("test-suite.plan.yaml", "tests: [{ type: stress, endpoint: /, rps: 1, duration: 1m, slo: { errorRate: 2 } }]"),
        ("test-suite.plan.yaml", "tests: [{ type: load, endpoint: /, stages: [{ rps: 5 }] }]"),
        ("test-suite.plan.yaml", "tests: [{ type: load, endpoint: /, sine: { amplitude: 5 } }]"),
        ("test-suite.plan.yaml", "target: { tls: { verify: maybe } }\ntests: [{ type: load, endpoint: / }]"),
        ("test-suite.plan.yaml", "target: { proxy: \"http://a:b@c\" }\ntests: [{ type: load, endpoint: / }]"),
        ("test-suite.plan.yaml", "retry: { strategies: [slower] }\ntests: [{ type: load, endpoint: / }]"),
        ("observability.config.yaml", "otlp: { httpPort: 70000 }"),
        ("observability.config.yaml", "prometheus: { targets: [{ service: a }] }"),
        ("observability.config.yaml", "metrics: { threads: { metric: a, as: sum } }"),
        ("observability.config.yaml", "limits: { traceStoreMiB: 0 }"),
    ])
    func `a schema looks into sections too`(file: String, text: String) throws {
        #expect(try Self.fault(in: Self.yaml(Array(text.utf8)), file) != nil)
    }

    @Test(arguments: [
        "perf-metrics.json", "trace-summary.json", "findings.json", "studio.performance.preview.json",
        "load-trace-map.yaml", "regression-alert.yaml", "score.log.jsonl", "run.json", "editions.json",
        "anomaly-report.json",
        "doc-coverage.metrics.json",
    ])
    func `every artifact that is written fits its schema`(artifact: String) throws {
        var checked = 0
        let folder = "Tests/ReportingTests/Snapshots"
        for sample in Self.names(in: folder) {
            guard let bytes = try? Self.bytes("\(folder)/\(sample)/\(artifact)") else { continue }
            let lines = artifact.hasSuffix(".jsonl") ? bytes.split(separator: 10).map(Array.init) : [bytes]
            for line in lines {
                let value = artifact.hasSuffix(".yaml") ? try Self.yaml(line) : JSONParser.parse(line)
                let fault = try Self.fault(in: try #require(value), artifact)
                #expect(fault == nil, "\(sample)/\(artifact): \(fault ?? "")")
                checked += 1
            }
        }
        #expect(checked > 0)
    }

    /// A reader may rely on it without asking whether repetition was on.
    @Test(
        arguments: names(in: "docs/schemas").filter { name in
            [
                "perf-metrics", "trace-summary", "findings", "load-trace", "studio.perf", "regression", "score",
                "run.json", "doc-",
            ]
            .contains { name.hasPrefix($0) }
        }
    )
    func `every artifact's schema asks for the attempt`(name: String) throws {
        let document = try Self.document(of: name.replacing(".schema.json", with: ""))
        #expect(document["required"]?.elements?.contains(.string("retryAttempt")) == true)
    }

    /// A key that one of them forgets is a key that editors call wrong, or readers do.
    @Test func `the plan's schema knows the keys that its reader knows`() throws {
        let plan = try Self.document(of: "test-suite.plan.yaml")["properties"]
        let test = plan?["tests"]?["items"]?["properties"]
        #expect(Set(plan?.members?.keys.map(\.self) ?? []) == Set(PlanKeys.plan.known))
        #expect(Set(test?.members?.keys.map(\.self) ?? []) == Set(PlanKeys.test.known))
        let step = test?["steps"]?["items"]?["anyOf"]?.elements?.last?["properties"]
        #expect(Set(step?.members?.keys.map(\.self) ?? []) == Set(PlanKeys.step.known))
        let note = try Self.document(of: "studio.annotation.yaml")["properties"]?["annotations"]?["items"]?[
            "properties"
        ]
        #expect(Set(LimitsReader.keys) == Set(note?["limits"]?["properties"]?.members?.keys.map(\.self) ?? []))
    }
}
