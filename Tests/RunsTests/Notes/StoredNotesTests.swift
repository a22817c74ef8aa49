import Baselines
import Plans
import Testing

@testable import Runs

/// What people say over the service has the meaning that the same words have in `studio.annotation.yaml`.
@Suite struct StoredNotesTests {
    private static let day: UInt64 = 86_400_000_000_000
    /// 2026-11-22T00:00:00Z.
    private static let now: UInt64 = 1_795_305_600_000_000_000

    private static let plan = TestPlan(
        lineageID: "t",
        moduleID: "Shop",
        editionID: "standard",
        target: TargetPlan(baseURL: "http://127.0.0.1:1"),
        tests: []
    )

    private static func annotation(
        _ id: Int64,
        about run: String = "run-1",
        _ change: (inout StoredAnnotation) -> Void
    ) -> StoredAnnotation {
        var annotation = StoredAnnotation(
            id: id,
            subject: .run,
            subjectID: run,
            author: "anna",
            at: now - day,
            note: "neighbours\nat night"
        )
        change(&annotation)
        return annotation
    }

    /// Newest first, as the store gives them.
    private static func notes(_ annotations: StoredAnnotation...) -> [Annotation] {
        StoredNotes(annotations.sorted { $0.id > $1.id }, for: plan, now: now).notes
    }

    @Test func `a verdict decides later runs only where it has an end, and says whose it is`() throws {
        let own = StoredNotesTests.annotation(1) { $0.status = "pass" }
        #expect(StoredNotesTests.notes(own).isEmpty)
        let lasting = StoredNotesTests.annotation(2) {
            $0.status = "pass"
            $0.statusUntil = StoredNotesTests.now + StoredNotesTests.day
            $0.test = "GET /cart"
        }
        let note = try #require(StoredNotesTests.notes(lasting).first)
        #expect(note.status == .pass && note.finding == nil && !note.excludesFromGate)
        #expect(
            note.selector == RuleSelector(moduleID: "Shop", editionID: "standard", endpoint: "GET /cart")
        )
        #expect(
            note.attribution
                == "annotation 2 of 2026-11-21 by anna: neighbours at night, until 2026-11-23T00:00:00Z"
        )
        var over = lasting
        over.statusUntil = StoredNotesTests.now
        #expect(StoredNotesTests.notes(over).isEmpty)
    }

    @Test func `a later verdict about the same run takes an earlier one back, one about another test does not`() {
        let lasting = StoredNotesTests.annotation(1) {
            $0.status = "pass"
            $0.statusUntil = StoredNotesTests.now + 1_000_000_000
        }
        let taken = StoredNotesTests.annotation(2) { $0.status = "fail" }
        #expect(StoredNotesTests.notes(lasting, taken).isEmpty)
        var other = taken
        other.test = "GET /cart"
        #expect(StoredNotesTests.notes(lasting, other).map(\.status) == [.pass])
        let remark = StoredNotesTests.annotation(3) { _ in }
        #expect(StoredNotesTests.notes(lasting, remark).count == 1)
    }

    @Test func `what is left out of the gate is left out until then`() {
        let excluded = StoredNotesTests.annotation(1) { $0.excludedUntil = StoredNotesTests.now + 5_000_000_000 }
        #expect(StoredNotesTests.notes(excluded).map(\.excludesFromGate) == [true])
        #expect(StoredNotesTests.notes(excluded).map(\.status) == [nil])
    }

    @Test(arguments: [
        (StoredAnnotation.Disposition.accepted, true), (.notAProblem, true), (.open, false), (.resolved, false),
    ])
    func `a finding is accepted by its disposition, and whoever decided signs`(
        disposition: StoredAnnotation.Disposition,
        isAccepted: Bool
    ) throws {
        let decided = StoredNotesTests.annotation(1, about: "n+1 | GET /") {
            $0.subject = .finding
            $0.disposition = disposition
            $0.assignee = "dana"
        }
        let remark = StoredNotesTests.annotation(2, about: "n+1 | GET /") {
            $0.subject = .finding
            $0.author = "kim"
        }
        let note = try #require(StoredNotesTests.notes(decided, remark).first)
        #expect(
            note.finding
                == AnnotatedFinding(fingerprint: "n+1 | GET /", isAccepted: isAccepted, assignee: "dana")
        )
        #expect(note.author == "anna" && note.selector == RuleSelector() && note.until == nil)
    }
}
