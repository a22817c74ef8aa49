import Foundation
import Plans
import Testing

/// `fixtures/plans` holds one file a fault, each with its full diagnostics as `# expect:` comments.
struct FixtureTests {
    @Test(arguments: PlanFixture.all(in: "invalid"))
    func `tells exactly what is wrong with a file`(fixture: PlanFixture) throws {
        let project = try project(with: fixture)
        let error = try #require(project.failure(), "the file was accepted")
        #expect(error.diagnostics.contains { $0.severity == .error })
        expect(error.diagnostics, equal: fixture)
    }

    @Test(arguments: PlanFixture.all(in: "valid"))
    func `accepts a file and warns of what has no effect`(fixture: PlanFixture) throws {
        let project = try project(with: fixture).load()
        expect(project.warnings, equal: fixture)
    }

    @Test func `fixtures are found`() {
        #expect(PlanFixture.all(in: "invalid").count > 40)
        #expect(PlanFixture.all(in: "valid").count > 8)
    }

    private func project(with fixture: PlanFixture) throws -> TemporaryProject {
        var files = ["test-suite.plan.yaml": TemporaryProject.simplePlan]
        files.merge(try PlanFixture.companions()) { own, _ in own }
        if fixture.name.hasPrefix("seed") { files["service.metadata.yaml"] = "baseUrl: http://127.0.0.1:8080" }
        files[fixture.fileName] = fixture.text
        return try TemporaryProject(files)
    }

    private func expect(_ diagnostics: [PlanDiagnostic], equal fixture: PlanFixture) {
        #expect(diagnostics.allSatisfy { !$0.description.contains(where: \.isNewline) })
        #expect(diagnostics.allSatisfy { $0.file == fixture.fileName })
        // Comments stand anywhere in a fixture, so the places are those of the file as it is.
        let found = diagnostics.map { String($0.description.dropFirst(fixture.fileName.count)) }.map {
            $0.hasPrefix(": ") ? String($0.dropFirst(2)) : String($0.dropFirst(1))
        }
        #expect(found == fixture.expectations, "\(found.map { "# expect: " + $0 }.joined(separator: "\n"))")
    }
}
