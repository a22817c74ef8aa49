import Plans
import Testing

@testable import Analysis

/// What people's notes change of a verdict: each change is on record with its source.
struct AnnotationTests {
    private var slow: ScoredTest {
        var test = ScoredTest()
        test.limit { $0.p95Milliseconds = 12 }
        return test
    }

    @Test func `a person's status stands in for what was found, and says so first`() {
        var test = slow
        test.note {
            $0.status = .pass
            $0.author = "dana"
            $0.reason = "neighbours"
        }
        let verdict = test.verdict
        #expect(verdict.status == .pass)
        #expect(verdict.reasons.first == "pass instead of degraded (studio.annotation.yaml:1 by dana: neighbours)")
        #expect(verdict.overrides == ["pass instead of degraded (studio.annotation.yaml:1 by dana: neighbours)"])
        #expect(verdict.reasons.count > 1)
    }

    @Test func `a status that is the same already changes nothing`() {
        var test = slow
        test.note { $0.status = .degraded }
        #expect(test.verdict.overrides == nil)
    }

    @Test func `known flakiness asks for review, and leaves a good outcome alone`() {
        var test = slow
        test.note { $0.isFlaky = true }
        #expect(test.verdict.status == .needsReview)
        test.rules.thresholds = []
        #expect(test.verdict.status == .exploratory)
        #expect(test.verdict.overrides == nil)
    }

    @Test func `a relaxed limit holds, and names itself and what it replaced`() {
        var test = slow
        test.note { $0.limits.p95Milliseconds = 20 }
        let verdict = test.verdict
        #expect(verdict.status == .exploratory)
        #expect(verdict.limits.first { $0.name == "latency.p95" }?.source == "studio.annotation.yaml:1")
        #expect(
            verdict.overrides
                == ["limit of latency.p95: 20 instead of 12 (perf-thresholds.yaml:1) (studio.annotation.yaml:1)"]
        )
    }

    @Test func `a note that has run out changes nothing, and the report says so`() {
        var note = Annotation(source: "studio.annotation.yaml:1")
        note.status = .pass
        note.until = AnnotationDate("2026-01-01")
        var project = Project(
            plan: TestPlan(
                lineageID: "t",
                moduleID: "Shop",
                editionID: "standard",
                target: TargetPlan(baseURL: "http://127.0.0.1:1"),
                tests: []
            ),
            directory: "/"
        )
        project.annotations = [note]
        let last: Int64 = 1_767_311_999
        #expect(VerdictRules(project, at: last).annotations == [note])
        let later = VerdictRules(project, at: last + 1)
        #expect(later.annotations.isEmpty)
        #expect(later.warnings.count == 1)
    }

    @Test func `parts of the score may be left out, or all of it`() {
        var test = ScoredTest(latencyMilliseconds: 1500)
        test.note { $0.excludedParts = [.latency] }
        let partly = test.verdict
        #expect(partly.score.components.first { $0.name == .latency }?.value == nil)
        #expect(partly.score.value == 1)
        #expect(partly.status == .degraded, "the limit is still violated")
        test.note { $0.excludedParts = Set(ScorePart.allCases) }
        #expect(test.verdict.scoreExclusion == "studio.annotation.yaml:2")
        #expect(test.verdict.score.value < 0.5)
        #expect(test.verdict.status == .degraded)
    }

    @Test func `a test may be left out of the gate by the plan or a note`() {
        var test = ScoredTest()
        test.definition.excludesFromGate = true
        #expect(test.verdict.gateExclusion == "excludeFromGate of the plan")
        test.note { $0.excludesFromGate = true }
        #expect(test.verdict.gateExclusion == "studio.annotation.yaml:1")
    }

    @Test func `the most specific note wins, and notes on other tests say nothing`() {
        var test = slow
        test.note {
            $0.selector.endpoint = "GET /"
            $0.status = .warning
        }
        test.note { $0.status = .pass }
        test.note {
            $0.selector.endpoint = "GET /other"
            $0.status = .fail
        }
        #expect(test.verdict.status == .warning)
    }
}
