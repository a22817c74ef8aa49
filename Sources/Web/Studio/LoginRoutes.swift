import Authentication
import HTTPTypes
import Hummingbird
import Reporting

/// The way in for browsers: a token is shown once, and a cookie stands for it until it is too old.
struct LoginRoutes: RouteSet {
    let access: Access
    let bodyBytes: Int

    func add(to router: Router<WebContext>) {
        router.get("login") { request, context in
            Answer.html(
                try page(next: Query(request).text("next"), visitor: context.visitor, problem: nil),
                for: request
            )
        }
        router.post("login") { request, context in
            let fields = try await SubmittedBody.form(of: request, context: context, atMost: bodyBytes)
            let next = LoginRoutes.local(fields["next"])
            guard let token = access.credentials.token(fields["token"] ?? "") else {
                var answer = Answer.html(
                    try page(next: next, visitor: context.visitor, problem: "This token is not known."),
                    for: request
                )
                answer.status = .unauthorized
                return answer
            }
            var answer = Response.redirect(to: next, type: .normal)
            answer.setCookie(cookie(access.sessions.begin(for: token, now: access.now()), maxAge: nil))
            return answer
        }
        router.post("logout") { request, context in
            _ = try await SubmittedBody.form(of: request, context: context, atMost: bodyBytes)
            if let known = request.cookies[BrowserSessions.cookieName] { access.sessions.end(known.value) }
            var answer = Response.redirect(to: "/login", type: .normal)
            answer.setCookie(cookie("gone", maxAge: 0))
            return answer
        }
    }

    private func cookie(_ value: String, maxAge: Int?) -> Cookie {
        Cookie(
            name: BrowserSessions.cookieName,
            value: value,
            maxAge: maxAge,
            path: "/",
            secure: access.isSecure,
            httpOnly: true,
            // Lax, so that a link in a chat leads to the page; what changes something is guarded by its form.
            sameSite: .lax
        )
    }

    /// A path of this service; anything else would let a link lead a visitor elsewhere after the login.
    static func local(_ next: String?) -> String {
        guard let next, next.hasPrefix("/"), !next.hasPrefix("//"), !next.contains("\\"),
            next.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return "/" }
        return next
    }

    private func page(next: String?, visitor: Visitor, problem: String?) throws -> String {
        try StudioLayout(title: "Log in", section: nil, visitor: visitor).page(
            try LoginRoutes.template.render([
                "next": LoginRoutes.local(next), "problem": problem ?? false, "form": visitor.formToken,
                "needsToken": access.needsToken,
            ])
        )
    }

    private static let template = StudioTemplate(
        #"""
        <section class="card">
        <h1>Log in</h1>
        {{#problem}}<p class="missed" role="alert">{{problem}}</p>{{/problem}}
        {{#needsToken}}
        <form method="post" action="/login">
        <input type="hidden" name="form" value="{{form}}"><input type="hidden" name="next" value="{{next}}">
        <label for="token">Access token</label>
        <input id="token" name="token" type="password" autocomplete="current-password" required autofocus size="44">
        <button class="main">Log in</button>
        </form>
        <p class="small">Whoever runs this service makes one: <code>plimsoll token create --name you --scope read,write</code></p>
        {{/needsToken}}
        {{^needsToken}}<p>This service asks for no token. <a href="/">To the overview.</a></p>{{/needsToken}}
        </section>
        """#
    )
}
