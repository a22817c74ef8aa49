import TestSupport

/// A small shop, told request by request, that faults can be planted into.
///
/// frontend → orders (a query) and catalog (a cache). About 20 ms a request, every duration with 40 % of jitter.
struct PlantedShop {
    var orders: (SyntheticSpan, Int) -> Void = { span, _ in PlantedShop.orders(span) }
    var catalog: (SyntheticSpan, Int) -> Void = { span, _ in PlantedShop.catalog(span) }
    /// In the frontend, after both calls.
    var last: (SyntheticSpan, Int) -> Void = { _, _ in }
    /// In the frontend, before both calls.
    var first: (SyntheticSpan, Int) -> Void = { _, _ in }
    /// Ways to orders and back.
    var network: (Int) -> Duration = { _ in .microseconds(400) }
    /// At the client, before the target sees anything.
    var outside: (Int) -> Duration = { _ in .zero }
    /// Requests for which no span is sent.
    var isSilent: (Int) -> Bool = { _ in false }

    static let jitter = 0.4

    static func orders(_ span: SyntheticSpan) {
        span.work(.milliseconds(5), jitter: jitter)
        span.query("SELECT orders", "SELECT id FROM orders WHERE user = ?", .milliseconds(3), jitter: jitter)
    }

    static func catalog(_ span: SyntheticSpan) {
        span.work(.milliseconds(4), jitter: jitter)
        span.query("GET cache", "", .milliseconds(1), jitter: jitter)
    }

    func request(_ request: SyntheticRequest) {
        let index = request.index
        request.wait(outside(index))
        guard !isSilent(index) else { return request.wait(.milliseconds(20), jitter: PlantedShop.jitter) }
        request.server("frontend", "GET /cart") { frontend in
            frontend.instance = "frontend-1"
            frontend.work(.milliseconds(3), jitter: PlantedShop.jitter)
            first(frontend, index)
            frontend.call("orders", "GET /orders/{id}", network: network(index)) { span in
                span.instance = index.isMultiple(of: 2) ? "orders-1" : "orders-2"
                orders(span, index)
            }
            frontend.call("catalog", "GET /items") { span in
                span.instance = "catalog-1"
                catalog(span, index)
            }
            last(frontend, index)
            frontend.work(.milliseconds(1), jitter: PlantedShop.jitter)
        }
    }

    func run(requests: Int, rate: Double, seed: UInt64) -> SyntheticRun {
        SyntheticRun(endpoint: "GET /cart", requests: requests, rate: rate, seed: seed, self.request)
    }
}
