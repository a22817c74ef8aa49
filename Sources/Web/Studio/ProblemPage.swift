import Authentication
import HTTPTypes
import Hummingbird
import NIOCore

/// A refusal as a page.
struct ProblemPage {
    private let problem: Problem

    init(_ problem: Problem) {
        self.problem = problem
    }

    func response(to request: Request) throws -> Response {
        // With the menu, though nobody knows here what the visitor may see: its links ask for a token again.
        let visitor = Visitor(scopes: [.read])
        let page = try StudioLayout(title: problem.status.reasonPhrase, section: nil, visitor: visitor).page(
            try ProblemPage.template.render([
                "title": problem.status.reasonPhrase, "code": "\(problem.status.code)",
                "detail": Words.clean(problem.detail, limit: 600),
            ])
        )
        var headers = problem.headers
        headers[.contentType] = "text/html; charset=utf-8"
        return Response(
            status: problem.status,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(string: page))
        )
    }

    private static let template = StudioTemplate(
        #"""
        <section class="card banner fail"><h1><span class="word">{{code}}</span> {{title}}</h1><p class="why">{{detail}}</p><p><a href="/">To the overview</a></p></section>
        """#
    )
}
