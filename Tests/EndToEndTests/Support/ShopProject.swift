import Foundation
import TestSupport

/// A project that starts the built demo shop, with a load small enough for a debug build beside its generator.
struct ShopProject {
    var rate: Int
    var seconds: Int
    /// To run one after another; `premium` has repeated queries.
    var editions: [String] = []

    static let artifacts = [
        "perf-metrics.json", "trace-summary.json", "findings.json", "flamegraph.svg", "flamegraph.diff.svg",
        "report.md", "report.html", "studio.performance.preview.json", "load-trace-map.yaml", "score.log.jsonl",
    ]

    /// Returns the port of the shop's frontend.
    @discardableResult
    func write(to place: Workplace) throws -> Int {
        let port = try freePort()
        try place.write(
            """
            moduleId: Shop
            \(editions.isEmpty ? "" : "editions: [\(editions.joined(separator: ", "))]")
            target:
              baseUrl: http://127.0.0.1:\(port)
              start: |
                if [ "$PLIMSOLL_EDITION" = premium ]; then export SHOP_FAULT=n-plus-one; fi
                exec '\(Workplace.shop)' all --port \(port)
              healthCheck: {path: /healthz, timeout: 30s}
            defaults: {warmup: 1s, connections: 64}
            tests:
              - type: load
                name: GET /api/orders/{id}
                endpoint: GET /api/orders/{{random 1 200}}
                rps: \(rate)
                duration: \(seconds)s
                rampUp: 0s
            """,
            to: "test-suite.plan.yaml"
        )
        return port
    }
}
