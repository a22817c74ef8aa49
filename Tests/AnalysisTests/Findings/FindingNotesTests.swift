import Plans
import Testing

@testable import Analysis

/// A finding that somebody accepted is still told, and no longer worsens a verdict.
struct FindingNotesTests {
    private static let fingerprint = "n_plus_one_query | GET / | orders"

    private static let finding = Finding(
        id: "F1",
        kind: FindingKind.repeatedQuery,
        fingerprint: fingerprint,
        severity: .critical,
        confidence: 0.95,
        culprit: CulpritReference(service: "orders", operation: "SELECT items"),
        endpoint: "GET /",
        sentence: "20 queries a request",
        suggestion: "",
        evidence: Evidence(),
        isRegression: true
    )

    private static func plan(_ test: TestDefinition) -> TestPlan {
        TestPlan(
            lineageID: "t",
            moduleID: "Shop",
            editionID: "standard",
            target: TargetPlan(baseURL: "http://127.0.0.1:1"),
            tests: [test]
        )
    }

    private static func note(_ fingerprint: String, accepted: Bool, of module: String = "Shop") -> Annotation {
        var note = Annotation(selector: RuleSelector(moduleID: module), source: "studio.annotation.yaml:2")
        note.author = "anna"
        note.finding = AnnotatedFinding(fingerprint: fingerprint, isAccepted: accepted, assignee: "dana")
        return note
    }

    @Test func `only the finding of that fingerprint, in a test that the note is about`() {
        let plan = FindingNotesTests.plan(ScoredTest().definition)
        let finding = FindingNotesTests.finding
        let accepted = FindingNotes([FindingNotesTests.note(finding.fingerprint, accepted: true)], plan: plan)
            .applied(to: [finding])
        #expect(accepted.map(\.acceptance) == ["studio.annotation.yaml:2 by anna"])
        #expect(accepted.map(\.assignee) == ["dana"])
        let notes = [
            FindingNotesTests.note("another", accepted: true),
            FindingNotesTests.note(finding.fingerprint, accepted: true, of: "Cart"),
        ]
        #expect(FindingNotes(notes, plan: plan).applied(to: [finding]) == [finding])
        let assigned = FindingNotes([FindingNotesTests.note(finding.fingerprint, accepted: false)], plan: plan)
            .applied(to: [finding])
        #expect(assigned.map(\.acceptance) == [nil] && assigned.map(\.assignee) == ["dana"])
    }

    @Test func `an accepted bottleneck leaves the verdict alone, and the verdict says whose word that was`() {
        var test = ScoredTest()
        test.comparison = .change(by: 1)
        test.findings = [FindingNotesTests.finding]
        #expect(test.verdict.status == .degraded && test.verdict.overrides == nil)
        test.findings[0].acceptance = "annotation 3 of 2026-11-22 by anna"
        #expect(test.verdict.status == .pass)
        #expect(
            test.verdict.overrides == ["F1 in orders does not count (annotation 3 of 2026-11-22 by anna)"]
        )
    }
}
