import Baselines
import HTTPTypes
import Hummingbird

/// What people say about runs, findings, deploys and checks.
struct AnnotationAPI: APIRoutes {
    struct Wanted: Decodable {
        var subject: StoredAnnotation.Subject
        var subjectId: String
        var note: String?
        var status: String?
        /// Unix nanoseconds.
        var statusUntil: UInt64?
        var test: String?
        var disposition: StoredAnnotation.Disposition?
        var assignee: String?
        /// Unix nanoseconds.
        var excludeUntil: UInt64?
    }

    let state: WebState
    let bodyBytes: Int

    var routes: [APIRoute] {
        [
            .get("/annotations") { request, _ in
                let query = Query(request)
                let subject = try query.text("subject").map { word in
                    guard let subject = StoredAnnotation.Subject(rawValue: word) else {
                        throw Problem(.badRequest, "subject must be run, finding, deploy or check; found \(word)")
                    }
                    return subject
                }
                let annotations = try await state.store.annotations(
                    about: subject,
                    id: query.text("subjectId"),
                    limit: try query.limit(default: 100)
                )
                return try Answer.json(ListJSON(annotations), for: request)
            },
            .post("/annotations") { request, context in
                let wanted = try await SubmittedBody.json(Wanted.self, of: request, atMost: bodyBytes)
                let stored = try await AnnotationDesk(state: state).add(
                    StoredAnnotation(
                        subject: wanted.subject,
                        subjectID: wanted.subjectId,
                        author: context.visitor.name,
                        at: state.now(),
                        note: wanted.note ?? "",
                        status: wanted.status,
                        statusUntil: wanted.statusUntil,
                        test: wanted.test,
                        disposition: wanted.disposition,
                        assignee: wanted.assignee,
                        excludedUntil: wanted.excludeUntil
                    )
                )
                return try Answer.json(stored, status: .created)
            },
        ]
    }
}
