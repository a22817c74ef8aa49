import Foundation
import Plans
import Testing

struct ProjectLoaderTests {
    private let plan = TemporaryProject.simplePlan

    @Test func `takes perf before the working directory`() throws {
        let project = try TemporaryProject([
            "perf/test-suite.plan.yaml": plan.replacing("10s", with: "20s"), "test-suite.plan.yaml": plan,
        ])
        let loaded = try project.load()
        #expect(loaded.plan.tests.first?.duration == .seconds(20))
        #expect(loaded.directory == project.directory + "/perf")
    }

    @Test func `takes the working directory when perf holds no plan`() throws {
        let project = try TemporaryProject(["perf/other.yaml": "", "test-suite.plan.yaml": plan])
        #expect(try project.load().directory == project.directory)
    }

    @Test(arguments: ["a/b", "./a/b/", "a/../a/b", "a/b/test-suite.plan.yaml", "a/b/smoke.yaml"])
    func `takes a folder or a plan file`(path: String) throws {
        let project = try TemporaryProject(["a/b/test-suite.plan.yaml": plan, "a/b/smoke.yaml": plan])
        #expect(try project.load(path).directory == project.directory + "/a/b")
    }

    @Test func `takes an absolute path`() throws {
        let project = try TemporaryProject(["a/test-suite.plan.yaml": plan])
        #expect(try project.load(project.directory + "/a").directory == project.directory + "/a")
    }

    @Test func `says where it looked and shows a plan when there is none`() throws {
        let project = try TemporaryProject()
        let error = try #require(project.failure())
        let diagnostic = try #require(error.diagnostics.first?.description)
        #expect(diagnostic.contains("perf/test-suite.plan.yaml and test-suite.plan.yaml in \(project.directory)"))
        #expect(!diagnostic.contains("\n"))
        // The example is a plan that runs.
        let example = try #require(error.example?.split(separator: "\n\n", maxSplits: 1).last)
        #expect(example.split(separator: "\n").count == 7)
        try project.write("test-suite.plan.yaml", Data(example.utf8))
        #expect(try project.load().warnings.isEmpty)
    }

    @Test(arguments: ["nowhere", "empty", "/nowhere/at/all", ""])
    func `a path without a plan is an error`(path: String) throws {
        let error = try #require(try TemporaryProject(["empty/notes.txt": ""]).failure(path))
        #expect(error.diagnostics.count == 1 && error.example != nil)
    }

    @Test func `shows files as the user would name them`() throws {
        let project = try TemporaryProject(["perf/test-suite.plan.yaml": "tests: 1"])
        for path in [nil, "perf", project.directory + "/perf"] {
            #expect(project.failure(path)?.diagnostics.allSatisfy { $0.file == "perf/test-suite.plan.yaml" } == true)
        }
        let outside = ProjectLoader(environment: [:], workingDirectory: "/")
        #expect(throws: ProjectError.self) { try outside.load(project.directory + "/perf") }
    }

    @Test func `tells the faults of all files at once, the plan's first`() throws {
        let project = try TemporaryProject([
            "test-suite.plan.yaml": plan.replacing("rps: 10", with: "rps: ten"),
            "perf-thresholds.yaml": "thresholds: { rpsMin: none }",
            "service.metadata.yaml": "baseUrl: nowhere",
            "observability.config.yaml": "otlp: 4318",
            "customWeighting.yaml": "weights: { latency: 2 }",
        ])
        let files = project.failure()?.diagnostics.map(\.file)
        #expect(files?.first == "test-suite.plan.yaml")
        #expect(files.map(Set.init)?.count == 5)
    }

    @Test func `a feature that no test points to has no effect, and says so`() throws {
        let files = ["test-suite.plan.yaml": plan, "notes.md": "not ours", "checkout.feature": "Feature: Checkout"]
        let warnings = try TemporaryProject(files).load().warnings
        #expect(warnings.map(\.file) == ["checkout.feature"])
        #expect(warnings.allSatisfy { $0.message.contains("no test points to it") })
    }

    @Test(arguments: [
        Data(), Data("\n\n".utf8), Data("---\n".utf8), Data([0xFF, 0xFE, 0x00]), Data("tests: [\u{1}]".utf8),
        Data("tests: 5".utf8), Data("{{{{".utf8), Data("? [a]\n: b".utf8), Data("- - - -".utf8), Data("&a *a".utf8),
        Data("a: &a [*a]".utf8), Data(String(repeating: "[", count: 5000).utf8), Data("tests: !!binary x".utf8),
        Data("%YAML 9.9\n---\na: b".utf8), Data("\u{FEFF}tests: []".utf8),
    ])
    func `rejects what is no plan with errors of one line`(bytes: Data) throws {
        let project = try TemporaryProject()
        try project.write("test-suite.plan.yaml", bytes)
        let error = try #require(project.failure())
        #expect(error.diagnostics.contains { $0.severity == .error })
        #expect(error.diagnostics.allSatisfy { !$0.description.contains(where: \.isNewline) })
    }

    @Test func `aliases cannot blow a body up`() throws {
        var lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
        for level in 1...9 {
            lines.append(
                "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ") + "]"
            )
        }
        let text =
            lines.joined(separator: "\n") + """

                target: { baseUrl: http://h }
                tests: [{ type: load, endpoint: /, rps: 1, duration: 1s, body: { json: *a9 } }]
                """
        let error = try #require(try TemporaryProject(["test-suite.plan.yaml": text]).failure())
        #expect(error.description.contains("larger than 1 MiB as JSON"))
    }

    @Test func `a file with tens of thousands of faults is told in a hundred lines`() throws {
        let faults = (0..<40_000).map { "unknown\($0): 1\n" }.joined()
        let tests = (0..<5_000).map { "  - { type: load, endpoint: /\($0), rps: -1, duration: 1s }\n" }.joined()
        let plan = faults + "target: { baseUrl: \"http://h\" }\ntests:\n" + tests
        let diagnostics = try #require(try TemporaryProject(["test-suite.plan.yaml": plan]).failure()).diagnostics
        #expect(diagnostics.count { $0.severity == .warning } == 100)
        #expect(diagnostics.count { $0.severity == .error && $0.line > 0 } == 100)
        #expect(diagnostics.first?.message == "the first of many are shown, 44800 more are not")
    }

    @Test func `a byte order mark is no content`() throws {
        let project = try TemporaryProject()
        try project.write(
            "test-suite.plan.yaml",
            Data([0xEF, 0xBB, 0xBF]) + Data(TemporaryProject.simplePlan.utf8)
        )
        #expect(try project.load().plan.moduleID == "CheckoutService")
    }

    @Test func `a folder in place of a file is an error`() throws {
        let project = try TemporaryProject(["test-suite.plan.yaml": plan, "perf-thresholds.yaml/a": ""])
        #expect(project.failure()?.description == "perf-thresholds.yaml: error: is a folder, expected a file")
    }

    @Test func `a file larger than 4 MiB is refused unread`() throws {
        let project = try TemporaryProject(["test-suite.plan.yaml": plan])
        try project.write("perf-thresholds.yaml", Data(repeating: 0x20, count: 4 << 20 + 1))
        #expect(project.failure()?.description.contains("larger than 4 MiB") == true)
    }

    @Test func `any cut of a plan either loads or is an error`() throws {
        let text = try PlanFixture.named("valid/contract").text
        let project = try TemporaryProject()
        var refused = 0
        for end in stride(from: 0, to: text.utf8.count, by: 11) {
            try project.write("test-suite.plan.yaml", Data(text.utf8.prefix(end)))
            if let error = project.failure() {
                refused += 1
                #expect(!error.diagnostics.isEmpty)
            }
        }
        #expect(refused > 20)
    }
}
