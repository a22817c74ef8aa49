import Testing

@testable import Plans

/// Holds us to "every YAML and JSON example that stands in the seeds must parse as written".
///
/// The texts themselves are not part of the repository; `fixtures/plans/valid` has the same shapes in our own words.
@Suite(.enabled(if: SeedExample.isThere, "the seeds lie beside the repository only where it is developed"))
struct SeedExampleTests {
    @Test func `examples are found`() {
        #expect(SeedExample.all.count >= 25)
        #expect(SeedExample.all.count { $0.isJSON } >= 12)
        #expect(of("perf-thresholds.yaml").count + of("Threshold File").count == 3)
    }

    @Test(arguments: SeedExample.all) func `every example is YAML or JSON`(example: SeedExample) throws {
        let log = DiagnosticLog(file: "seed")
        let root = YAMLDocument.root(of: Array(example.text.utf8), log: log, example: "")
        #expect(log.diagnostics.isEmpty && root != nil, "\(log.diagnostics.map(\.description))\n\(example.text)")
        if example.isJSON {
            #expect(JSONParser.parse(Array(example.text.utf8)) != nil)
        }
    }

    @Test(arguments: SeedExample.all.filter { $0.heading.contains("Example: test-suite.plan.yaml") })
    func `a plan is read without a word`(example: SeedExample) throws {
        let service = "baseUrl: http://127.0.0.1:8080"
        let project = try load(["test-suite.plan.yaml": example.text, "service.metadata.yaml": service])
        #expect(project.warnings.isEmpty, "\(project.warnings)")
        #expect(project.plan.lineageID == "proj-933-checkout")
        #expect(project.plan.tests.map(\.type) == [.load, .spike])
    }

    @Test(
        arguments: SeedExample.all.filter {
            $0.heading.contains("Threshold File") || $0.heading.contains("perf-thresholds.yaml")
        }
    )
    func `limits are read in all three shapes`(example: SeedExample) throws {
        let module = example.text.firstMatch(of: /module: (\w+)/)?.1 ?? ""
        let plan =
            "moduleId: \(module)\n"
            + TemporaryProject.simplePlan.split(separator: "\n").dropFirst().joined(separator: "\n")
        let project = try load(["test-suite.plan.yaml": plan, "perf-thresholds.yaml": example.text])
        #expect(project.warnings.isEmpty, "\(project.warnings)")
        #expect(!project.thresholds.isEmpty)
        #expect(project.thresholds.allSatisfy { $0.limits.p95Milliseconds != nil && $0.limits.minimumRate != nil })
    }

    @Test(
        arguments: SeedExample.all.filter { $0.isJSON && $0.text.contains("\"p95") && $0.text.contains("\"testType\"") }
    )
    func `an earlier result is read as a baseline`(example: SeedExample) throws {
        let files = ["test-suite.plan.yaml": TemporaryProject.simplePlan, "perf-baseline.memory.json": example.text]
        let baselines = try load(files).recordedBaselines
        #expect(baselines.count == 1)
        #expect(baselines.allSatisfy { $0.p95Milliseconds > 400 && $0.selector.testType != nil && $0.rate != nil })
    }

    private func load(_ files: [String: String]) throws -> Project { try TemporaryProject(files).load() }

    private func of(_ heading: String) -> [SeedExample] { SeedExample.all.filter { $0.heading.contains(heading) } }
}
