import Hummingbird
import Runs

/// Everything that Grafana and Prometheus read; what the feeds share is made here once.
struct GrafanaRoutes: RouteSet {
    private let parts: [any RouteSet]

    init(state: WebState) {
        let lookups = TraceLookups(archive: state.watch.traces)
        parts = [
            JaegerRoutes(state: state, lookups: lookups),
            JaegerV3Routes(state: state, lookups: lookups),
            TempoRoutes(state: state, lookups: lookups),
            MetricsRoutes(state: state, lookups: lookups),
            FeedRoutes(state: state),
            PrometheusRefusal(),
        ]
    }

    func add(to router: Router<WebContext>) {
        for part in parts { part.add(to: router) }
    }
}
