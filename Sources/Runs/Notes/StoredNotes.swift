import Baselines
import Plans

/// What people said over the service, as the notes of `studio.annotation.yaml` that it amounts to.
///
/// A verdict decides later runs only where it was given an end; one that was given none is about its own run. Of several
/// annotations about a run and its test the newest counts, so that a verdict without an end takes an earlier one back.
struct StoredNotes {
    /// Longer reasons are cut: they stand in sentences.
    private static let reasonLength = 200

    /// The later said, the later in the list: of equally specific ones it counts.
    let notes: [Annotation]

    /// What was said about runs of the plan's module and edition, and about findings.
    ///
    /// `stored` is newest first; `now` in Unix nanoseconds.
    init(_ stored: [StoredAnnotation], for plan: TestPlan, now: UInt64) {
        let scope = RuleSelector(moduleID: plan.moduleID, editionID: plan.editionID)
        let verdicts = StoredNotes.grouped(stored.filter { $0.subject == .run && $0.status != nil })
            .compactMap { StoredNotes.verdict($0, scope, now) }
        let exclusions = StoredNotes.grouped(stored.filter { $0.subject == .run && $0.excludedUntil != nil })
            .compactMap { StoredNotes.exclusion($0, scope, now) }
        let findings = Dictionary(grouping: stored.filter { $0.subject == .finding }, by: \.subjectID).values
            .compactMap { StoredNotes.finding($0, now) }
        notes = (verdicts + exclusions + findings).sorted { $0.id < $1.id }.map(\.note)
    }

    private typealias Numbered = (id: Int64, note: Annotation)

    /// The newest about each run and test.
    private static func grouped(_ annotations: [StoredAnnotation]) -> [StoredAnnotation] {
        Dictionary(grouping: annotations) { [$0.subjectID, $0.test] }.values.compactMap(\.first)
    }

    private static func verdict(_ annotation: StoredAnnotation, _ scope: RuleSelector, _ now: UInt64) -> Numbered? {
        guard let status = annotation.status.flatMap({ AnnotatedStatus(rawValue: $0) }),
            let until = annotation.statusUntil, until > now
        else { return nil }
        var note = note(annotation, scope, until: until)
        note.status = status
        return (annotation.id, note)
    }

    private static func exclusion(_ annotation: StoredAnnotation, _ scope: RuleSelector, _ now: UInt64) -> Numbered? {
        guard let until = annotation.excludedUntil, until > now else { return nil }
        var note = note(annotation, scope, until: until)
        note.excludesFromGate = true
        return (annotation.id, note)
    }

    /// `annotations` are about one finding, newest first.
    private static func finding(_ annotations: [StoredAnnotation], _ now: UInt64) -> Numbered? {
        let decision = FindingDecision(annotations, now: now)
        guard decision.isAccepted || decision.assignee != nil else { return nil }
        // Whoever decided signs: a later remark of somebody else changes nothing.
        let deciding = annotations.first { $0.disposition != nil || $0.excludedUntil != nil || $0.assignee != nil }
        guard let deciding else { return nil }
        let isForEver = decision.disposition == .accepted || decision.disposition == .notAProblem
        var note = note(deciding, RuleSelector(), until: isForEver ? nil : decision.excludedUntil)
        note.finding = AnnotatedFinding(
            fingerprint: deciding.subjectID,
            isAccepted: decision.isAccepted,
            assignee: decision.assignee
        )
        return (deciding.id, note)
    }

    private static func note(_ annotation: StoredAnnotation, _ scope: RuleSelector, until: UInt64?) -> Annotation {
        let day = AnnotationDate(seconds: Int64(annotation.at / 1_000_000_000)).text.prefix(10)
        var note = Annotation(selector: scope, source: "annotation \(annotation.id) of \(day)")
        note.selector.endpoint = annotation.test
        note.author = annotation.author
        let words = annotation.note.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        note.reason = words.isEmpty ? nil : String(words.prefix(reasonLength))
        note.until = until.map { AnnotationDate(seconds: Int64($0 / 1_000_000_000)) }
        return note
    }
}
