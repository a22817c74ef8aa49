import Plans
import Testing

/// `studio.annotation.yaml`: what people may say of a test.
struct AnnotationReaderTests {
    @Test func `reads every kind of note, with who says it and until when`() throws {
        let notes = try annotations("annotation-list")
        #expect(notes.count == 5)
        #expect(notes.allSatisfy { $0.selector.moduleID == "CheckoutService" })
        #expect(notes[0].selector.testType == .spike && notes[0].selector.endpoint == "GET /checkout")
        #expect(notes[0].limits.p95Milliseconds == 900 && notes[0].limits.maximumErrorRate == 0.02)
        #expect(
            notes[0].attribution
                == "studio.annotation.yaml:4 by dana: neighbours at night, ticket 4711, until 2026-12-31"
        )
        #expect(notes[1].status == .warning)
        #expect(notes[2].isFlaky && notes[2].excludesFromGate)
        #expect(notes[3].excludedParts == [.resources, .baselineDelta])
        #expect(notes[3].retry?.rate == 80 && notes[3].retry?.duration == .seconds(60))
        #expect(notes[3].retry?.warmup == .seconds(10))
        #expect(notes[4].excludedParts == Set(ScorePart.allCases))
        #expect(notes[4].retry == AnnotatedRetry())
    }

    @Test func `a note may be about a finding, and says of which`() throws {
        let note = "{ finding: \"n_plus_one_query | GET /\", accepted: true, assignee: dana, reason: ticket 4711 }"
        let read = try TemporaryProject([
            "test-suite.plan.yaml": TemporaryProject.simplePlan, "studio.annotation.yaml": note,
        ]).load()
        #expect(
            read.annotations.map(\.finding) == [
                AnnotatedFinding(fingerprint: "n_plus_one_query | GET /", isAccepted: true, assignee: "dana")
            ]
        )
        #expect(!read.warnings.contains { $0.description.contains("changes nothing") })
        #expect(throws: (any Error).self) {
            try TemporaryProject([
                "test-suite.plan.yaml": TemporaryProject.simplePlan, "studio.annotation.yaml": "{ accepted: true }",
            ]).load()
        }
    }

    @Test func `one note needs no list`() throws {
        let notes = try annotations("annotation-one")
        #expect(notes.map(\.excludedParts) == [[.latency]])
    }

    /// 2026-12-31T23:59:59Z and 2026-12-31T17:00:00Z.
    @Test(arguments: [("2026-12-31", Int64(1_798_761_599)), ("2026-12-31T18:00:00+01:00", 1_798_736_400)])
    func `a day counts to its end, a moment to its second`(text: String, last: Int64) throws {
        var note = Annotation(source: "studio.annotation.yaml:1")
        note.until = AnnotationDate(text)
        #expect(note.until?.seconds == last)
        #expect(!note.isExpired(at: last))
        #expect(note.isExpired(at: last + 1))
        note.until = nil
        #expect(!note.isExpired(at: .max))
    }

    @Test(arguments: ["", "tomorrow", "2026-13-01", "31.12.2026", "2026-12-31T18:00", "2026-02-30"])
    func `what is no date is none`(text: String) {
        #expect(AnnotationDate(text) == nil)
    }

    private func annotations(_ fixture: String) throws -> [Annotation] {
        let text = try PlanFixture.named("valid/" + fixture).text
        let files = ["test-suite.plan.yaml": TemporaryProject.simplePlan, "studio.annotation.yaml": text]
        return try TemporaryProject(files).load().annotations
    }
}
