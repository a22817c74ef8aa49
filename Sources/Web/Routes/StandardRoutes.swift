/// All routes, in order.
enum StandardRoutes {
    static func all(_ state: WebState, settings: WebSettings, access: Access) -> [any RouteSet] {
        [
            HealthRoutes(state: state),
            LoginRoutes(access: access, bodyBytes: settings.bodyBytes),
            AssetRoutes(),
            APIRouteSet(state: state, settings: settings),
            StudioRoutes(state: state, settings: settings),
            GrafanaRoutes(state: state),
        ]
    }
}
