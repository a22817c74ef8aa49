import Authentication
import Reporting

/// What stands around the content of every page of the Studio.
struct StudioLayout {
    /// The entries of the menu.
    enum Section: String, CaseIterable {
        case overview = "Overview"
        case runs = "Runs"
        case findings = "Findings"
        case anomalies = "Anomalies"
        case deploys = "Deploys"
        case services = "Services"
        case traces = "Traces"
        case trends = "Trends"
        case coverage = "Coverage"
        case queue = "Queue"

        var path: String { self == .overview ? "/" : "/" + rawValue.lowercased() }
    }

    var title: String
    var section: Section?
    var visitor: Visitor
    /// Anomalies that last now, for the menu.
    var openAnomalies = 0
    /// Has something to log out of.
    var isLoggedIn: Bool { visitor.isBrowserSession }

    /// `content` is HTML that is safe already.
    func page(_ content: String) throws -> String {
        try StudioLayout.template.render([
            "title": PlainText.clean(title),
            "style": StudioAssets.style.path,
            "script": StudioAssets.script.path,
            "flamegraph": StudioAssets.flamegraph.path,
            "patterns": RunPage.patterns,
            "formToken": visitor.formToken,
            "isLoggedIn": isLoggedIn,
            "hasMenu": visitor.scopes.contains(.read),
            "who": PlainText.clean(visitor.name, limit: 60),
            "menu": Section.allCases.map { entry in
                [
                    "name": entry.rawValue, "path": entry.path, "isHere": entry == section,
                    "count": entry == .anomalies && openAnomalies > 0 ? Quantity.count(openAnomalies) : false,
                ] as [String: Any]
            },
            "content": content,
        ])
    }

    private static let template = StudioTemplate(
        #"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <meta name="plimsoll-form" content="{{formToken}}">
        <title>{{title}} · Plimsoll</title>
        <link rel="icon" href="/favicon.ico">
        <link rel="stylesheet" href="{{style}}">
        <script src="{{script}}" defer></script>
        <script src="{{flamegraph}}" defer></script>
        </head>
        <body class="studio">
        {{{patterns}}}
        <a class="skip" href="#content">Skip to the content</a>
        <header class="top"><div class="inner">
        <a class="brand" href="/"><svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true"><circle cx="11" cy="11" r="7"/><line x1="1" x2="21" y1="11" y2="11"/></svg>Plimsoll</a>
        {{#hasMenu}}<nav aria-label="Studio">{{#menu}}<a href="{{path}}"{{#isHere}} aria-current="page"{{/isHere}}>{{name}}{{#count}}<span class="count" title="open now">{{count}}</span>{{/count}}</a>{{/menu}}</nav>{{/hasMenu}}
        {{#isLoggedIn}}<form class="who" method="post" action="/logout"><input type="hidden" name="form" value="{{formToken}}">{{who}} <button>Log out</button></form>{{/isLoggedIn}}
        </div></header>
        <main id="content" tabindex="-1">
        {{{content}}}
        </main>
        </body>
        </html>

        """#
    )
}
