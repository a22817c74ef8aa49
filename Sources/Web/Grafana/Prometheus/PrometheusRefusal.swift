import HTTPTypes
import Hummingbird

/// Tells Grafana's Prometheus data source, where somebody points it here, that this is no Prometheus (`spec/wire.md` 5.3).
///
/// A part of PromQL would give wrong numbers for the rest of it. Prometheus scrapes `/metrics`, and Grafana asks Prometheus.
struct PrometheusRefusal: RouteSet {
    private struct Failure: Encodable {
        var status = "error"
        var errorType = "execution"
        var error =
            "unsupported: Plimsoll is no Prometheus; let a Prometheus scrape /metrics here and point the data source at that"
    }

    // What the data source asks to see whether it is there, for numbers, and for names.
    private static let paths = [
        "query", "query_range", "query_exemplars", "labels", "series", "label/{name}/values", "metadata",
    ]

    func add(to router: Router<WebContext>) {
        for path in PrometheusRefusal.paths {
            for method in [HTTPRequest.Method.get, .post] {
                router.on("api/v1/\(path)", method: method) { _, _ in
                    try Answer.json(Failure(), status: .unprocessableContent)
                }
            }
        }
    }
}
