import Baselines
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
                var (rows, unreadable) = (OperationRows(), 0)
                let range = try WindowRange(request, now: state.now()).range
                try await state.store.forEachWindow(in: range, onDamage: { _ in unreadable += 1 }) { rows.add($0) }
                return try Answer.json(ListJSON(rows.rows, unreadableWindows: unreadable), for: request)
            },
            .get("/windows/series") { request, _ in
                let query = Query(request)
                guard let service = query.text("service"), let operation = query.text("operation") else {
                    throw Problem(.badRequest, "service and operation are needed")
                }
                var (points, unreadable): ([Point], Int) = ([], 0)
                let range = try WindowRange(request, now: state.now()).range
                try await state.store.forEachWindow(in: range, onDamage: { _ in unreadable += 1 }) { window in
                    let own = window.operations.filter {
                        $0.operation.service == service && $0.operation.name == operation
                    }
                    if let sum = OperationRows.merged(own) { points.append(Point(sum, at: window.start)) }
                }
                return try Answer.json(ListJSON(points, unreadableWindows: unreadable), for: request)
            },
            .get("/flamegraph.svg") { request, _ in
                let document = try await WindowFlamegraph(state: state).document(of: request)
                guard let document else { throw Problem(.notFound, "no stored window in this range has a trace") }
                return RunAPI.answer(Artifact(path: "flamegraph.svg", text: document.svg()), for: request)
            },
        ]
    }
}

extension WindowAPI.Point {
    init(_ operation: OperationWindow, at start: UInt64) {
        at = start
        spans = operation.count
        errors = operation.errors
        p50Milliseconds = Double(operation.total.quantile(0.5)) / 1e6
        p95Milliseconds = Double(operation.total.quantile(0.95)) / 1e6
        p99Milliseconds = Double(operation.total.quantile(0.99)) / 1e6
    }
}
