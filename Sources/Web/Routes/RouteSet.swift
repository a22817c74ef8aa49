import Hummingbird

/// Routes that belong together: one type a file, listed in `StandardRoutes`.
protocol RouteSet: Sendable {
    func add(to router: Router<WebContext>)
}
