import Hummingbird

/// The web page: server-rendered, complete without scripts.
struct StudioRoutes: RouteSet {
    let state: WebState
    let settings: WebSettings

    func add(to router: Router<WebContext>) {
        let frame = StudioFrame(state: state, bodyBytes: settings.bodyBytes)
        let pages: [any StudioPages] = [
            OverviewPages(frame: frame), RunPages(frame: frame), QueuePages(frame: frame), FindingPages(frame: frame),
            AnomalyPages(frame: frame), DeployPages(frame: frame), ServicePages(frame: frame), TracePages(frame: frame),
            TrendPages(frame: frame),
            CoveragePages(frame: frame),
        ]
        for page in pages { page.add(to: router) }
    }
}
