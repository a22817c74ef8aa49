/// All routes, in order.
enum StandardRoutes {
    static func all(_ state: WebState) -> [any RouteSet] {
        [
            HealthRoutes(state: state),
            GrafanaRoutes(state: state),
        ]
    }
}
