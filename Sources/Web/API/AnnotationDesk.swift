import Baselines
import HTTPTypes

/// Where annotations are looked over before they are stored, from the API and from the page.
struct AnnotationDesk {
    let state: WebState

    /// Throws a `Problem` for one that says nothing, too much, or something that has no meaning.
    func add(_ annotation: StoredAnnotation) async throws -> StoredAnnotation {
        let says = annotation.status != nil || annotation.disposition != nil || annotation.excludedUntil != nil
        guard says || !annotation.note.isEmpty || annotation.assignee != nil else {
            throw Problem(.unprocessableContent, "an annotation needs a note, a status, a disposition or an assignee")
        }
        guard annotation.note.utf8.count <= StoredAnnotation.noteLimit else {
            throw Problem(.unprocessableContent, "a note may have \(StoredAnnotation.noteLimit) bytes")
        }
        guard annotation.subjectID.utf8.count <= 300, !annotation.subjectID.isEmpty,
            (annotation.assignee ?? "").utf8.count <= 100
        else {
            throw Problem(.unprocessableContent, "the subject's id or the assignee is empty or too long")
        }
        if let status = annotation.status, !StoredAnnotation.statuses.contains(status) {
            throw Problem(.unprocessableContent, "status must be pass, warning, degraded or fail; found \(status)")
        }
        if annotation.subject == .run, try await state.store.runIDs(beginningWith: annotation.subjectID).isEmpty {
            throw Problem(.notFound, "there is no run \(annotation.subjectID)")
        }
        guard let stored = try await state.store.add(annotation) else {
            throw Problem(.conflict, "there are too many annotations about this already")
        }
        return stored
    }
}
