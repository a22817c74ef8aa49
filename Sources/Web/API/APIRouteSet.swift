import HTTPTypes
import Hummingbird

/// `/api/v1`: the service for programs.
struct APIRouteSet: RouteSet {
    static let prefix = "/api/v1"

    let state: WebState
    let settings: WebSettings

    var all: [APIRoute] {
        let sets: [any APIRoutes] = [
            RunAPI(state: state), QueueAPI(state: state, bodyBytes: settings.bodyBytes), FindingAPI(state: state),
            BaselineAPI(state: state, bodyBytes: settings.bodyBytes),
            AnnotationAPI(state: state, bodyBytes: settings.bodyBytes),
            DeployAPI(state: state, bodyBytes: settings.bodyBytes),
            CheckAPI(state: state, bodyBytes: settings.bodyBytes), TraceAPI(state: state), WindowAPI(state: state),
            AnomalyAPI(state: state), DescriptionAPI(),
        ]
        return sets.flatMap(\.routes)
    }

    func add(to router: Router<WebContext>) {
        for route in all {
            router.on(RouterPath(APIRouteSet.prefix + route.path), method: route.method, use: route.handler)
        }
    }
}
