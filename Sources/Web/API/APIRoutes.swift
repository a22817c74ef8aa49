/// Routes of the API that belong together.
protocol APIRoutes: Sendable {
    var routes: [APIRoute] { get }
}
