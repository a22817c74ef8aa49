import Baselines
import HTTPTypes
import Hummingbird
import Reporting

/// What all pages of the Studio need to answer.
struct StudioFrame: Sendable {
    let state: WebState
    let bodyBytes: Int

    /// A page; `content` is HTML that is safe already.
    func answer(
        _ title: String,
        in section: StudioLayout.Section?,
        _ content: String,
        to request: Request,
        for context: WebContext
    ) async throws -> Response {
        Answer.html(
            try StudioLayout(
                title: title,
                section: section,
                visitor: context.visitor,
                openAnomalies: try await state.store.lastingAnomalies()
            ).page(content),
            for: request
        )
    }

    /// The fields of a form of ours.
    func form(_ request: Request, _ context: WebContext) async throws -> FormQuery {
        try await SubmittedBody.form(of: request, context: context, atMost: bodyBytes)
    }

    /// So many days from now, Unix nanoseconds; `nil` for none, and for what is no number.
    func moment(afterDays text: String?) -> UInt64? {
        guard let days = text.flatMap({ UInt64($0) }), days > 0 else { return nil }
        return state.now() + min(days, 3_650) * 86_400_000_000_000
    }

    /// Back to a page after something was done.
    func done(_ path: String) -> Response { .redirect(to: path, type: .normal) }

    /// What a page says that has nothing to show yet, and what to do about it.
    static func empty(_ title: String, _ text: String, command: String? = nil) throws -> String {
        try emptyTemplate.render(["title": title, "text": text, "command": command ?? false])
    }

    private static let emptyTemplate = StudioTemplate(
        #"""
        <section class="empty"><h2>{{title}}</h2><p>{{text}}</p>{{#command}}<pre>{{command}}</pre>{{/command}}</section>
        """#
    )
}
