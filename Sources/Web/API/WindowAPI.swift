import Correlation
import HTTPTypes
import Hummingbird
import Reporting
import Statistics
import Telemetry

/// What the stored windows say: series of operations, and flamegraphs of any stretch.
struct WindowAPI: APIRoutes {
    struct Point: Encodable {
        /// Start of the window, Unix nanoseconds.
        let at: UInt64
        let spans: Int
        let errors: Int
        let p50Milliseconds: Double
        let p95Milliseconds: Double
        let p99Milliseconds: Double
    }

    let state: WebState

    var routes: [APIRoute] {
        [
            .get("/windows/operations") { request, _ in
                let windows = try await WindowRange(request, now: state.now()).windows(of: state.store)
                return try Answer.json(ListJSON(OperationRows.rows(of: windows)), for: request)
            },
            .get("/windows/series") { request, _ in
                let query = Query(request)
                guard let service = query.text("service"), let operation = query.text("operation") else {
                    throw Problem(.badRequest, "service and operation are needed")
                }
                let windows = try await WindowRange(request, now: state.now()).windows(of: state.store)
                let points = windows.compactMap { window in
                    OperationRows.merged(
                        window.operations.filter {
                            $0.operation.service == service && $0.operation.name == operation
                        }
                    ).map { sum in
                        Point(
                            at: window.start,
                            spans: sum.count,
                            errors: sum.errors,
                            p50Milliseconds: Double(sum.total.quantile(0.5)) / 1e6,
                            p95Milliseconds: Double(sum.total.quantile(0.95)) / 1e6,
                            p99Milliseconds: Double(sum.total.quantile(0.99)) / 1e6
                        )
                    }
                }
                return try Answer.json(ListJSON(points), for: request)
            },
            .get("/flamegraph.svg") { request, _ in
                let document = try await WindowFlamegraph(state: state).document(of: request)
                guard let document else { throw Problem(.notFound, "no stored window in this range has a trace") }
                return RunAPI.answer(Artifact(path: "flamegraph.svg", text: document.svg()), for: request)
            },
        ]
    }
}
