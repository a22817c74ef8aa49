import Baselines
import HTTPTypes

/// Where annotations are looked over before they are stored, from the API and from the page.
struct AnnotationDesk {
    /// Ten years ahead, nanoseconds: what is to hold longer belongs into a file.
    private static let longest: UInt64 = 3_660 * 86_400_000_000_000

    /// A fingerprint names the whole path to an operation, and may hold a query.
    private static let longestID = 8_000

    let state: WebState

    /// Throws a `Problem` for one that says nothing, too much, or something that has no meaning.
    func add(_ annotation: StoredAnnotation) async throws -> StoredAnnotation {
        try check(annotation)
        let isKnown = try await state.store.knows(
            annotation.subject,
            id: annotation.subjectID,
            test: annotation.test
        )
        guard isKnown else {
            let what = annotation.test.map { "\(annotation.subjectID) with a test \($0)" } ?? annotation.subjectID
            throw Problem(.notFound, "there is no \(annotation.subject.rawValue) \(what)")
        }
        guard let stored = try await state.store.add(annotation) else {
            throw Problem(.conflict, "there are too many annotations about this, or altogether")
        }
        return stored
    }

    private func check(_ annotation: StoredAnnotation) throws {
        let says = annotation.status != nil || annotation.disposition != nil || annotation.excludedUntil != nil
        guard says || !annotation.note.isEmpty || annotation.assignee != nil else {
            throw Problem(.unprocessableContent, "an annotation needs a note, a status, a disposition or an assignee")
        }
        guard annotation.note.utf8.count <= StoredAnnotation.noteLimit else {
            throw Problem(.unprocessableContent, "a note may have \(StoredAnnotation.noteLimit) bytes")
        }
        guard annotation.subjectID.utf8.count <= AnnotationDesk.longestID, !annotation.subjectID.isEmpty,
            (annotation.assignee ?? "").utf8.count <= 100
        else {
            throw Problem(.unprocessableContent, "the subject's id or the assignee is empty or too long")
        }
        if let status = annotation.status, !StoredAnnotation.statuses.contains(status) {
            throw Problem(.unprocessableContent, "status must be pass, warning, degraded or fail; found \(status)")
        }
        guard annotation.subject == .run || (annotation.status == nil && annotation.test == nil) else {
            throw Problem(.unprocessableContent, "only a run has a status and tests")
        }
        guard annotation.statusUntil == nil || annotation.status != nil else {
            throw Problem(.unprocessableContent, "statusUntil needs the status that is to hold")
        }
        for moment in [annotation.statusUntil, annotation.excludedUntil].compactMap({ $0 })
        where moment > annotation.at + AnnotationDesk.longest {
            throw Problem(.unprocessableContent, "an annotation holds for ten years at most, in Unix nanoseconds")
        }
    }
}
