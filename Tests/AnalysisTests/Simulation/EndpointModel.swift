import Analysis
import Correlation
import Statistics
import Telemetry

/// A simulated endpoint: a tree of paths, each with the critical time it takes.
struct EndpointModel {
    struct Path {
        var frame: PathFrame
        var parent: Int?
        /// Mean critical time of a request that has the path.
        var milliseconds: Double
        var calls = 1
        /// Share of requests that have the path.
        var presence = 1.0
        var statement: String?
        /// Share of calls that are the origin of an error.
        var errors = 0.0
    }

    var name = "GET /api/orders"
    var paths: [Path]
    /// Standard deviation of log time between requests, and between runs.
    var requestDeviation = 0.4
    var runDeviation = 0.02
    var traces = 120

    static let itemsQuery = "SELECT id, name, price FROM items WHERE id = ?"

    /// Generator → frontend → orders → database, 21 ms of critical time a request.
    static func shop() -> EndpointModel {
        func key(_ service: String, _ name: String, _ kind: SpanKind) -> OperationKey {
            OperationKey(service: service, name: name, kind: kind)
        }
        let orders = key("orders", "GET /orders/{id}", .server)
        return EndpointModel(paths: [
            Path(
                frame: PathFrame(operation: key("client", "GET /api/orders", .client), synthetic: .client),
                milliseconds: 1
            ),
            Path(frame: PathFrame(operation: key("frontend", "GET /api/orders", .server)), parent: 0, milliseconds: 4),
            Path(frame: PathFrame(operation: key("frontend", "GET orders", .client)), parent: 1, milliseconds: 0),
            Path(frame: PathFrame(operation: orders, synthetic: .network), parent: 2, milliseconds: 2),
            Path(frame: PathFrame(operation: orders), parent: 2, milliseconds: 6),
            Path(
                frame: PathFrame(operation: key("orders", "SELECT items", .client)),
                parent: 4,
                milliseconds: 3,
                statement: itemsQuery
            ),
            Path(frame: PathFrame(operation: key("orders", "SELECT orders", .client)), parent: 4, milliseconds: 5),
        ])
    }

    /// Positions in `shop()`.
    enum Shop {
        static let client = 0
        static let frontend = 1
        static let network = 3
        static let orders = 4
        static let items = 5
        static let ordersQuery = 6
    }

    /// What one run of the endpoint gives: every path drifts a little between runs, and so does the whole.
    func run(_ noise: inout Noise, numbering: RequestNumbering) -> EndpointProfile {
        let half = runDeviation / 2.0.squareRoot()
        let whole = noise.logNormal(deviation: half)
        let drift = paths.map { _ in whole * noise.logNormal(deviation: half) }
        var profile = EndpointProfile(endpoint: name, traces: traces)
        profile.paths = paths.map { path in
            var result = PathProfile(frame: path.frame, parent: path.parent)
            result.statement = path.statement
            return result
        }
        for trace in 0..<traces {
            var duration: UInt64 = 0
            for (index, path) in paths.enumerated() {
                guard path.presence >= 1 || noise.uniform() < path.presence else { continue }
                let time = path.milliseconds * drift[index] * noise.logNormal(deviation: requestDeviation)
                let critical = UInt64(max(0, time) * 1e6)
                duration += critical
                profile.paths[index].record(critical, calls: path.calls, traceID: numbering.traceID(of: UInt64(trace)))
                let failed = (0..<path.calls).count { _ in path.errors > 0 && noise.uniform() < path.errors }
                if failed > 0 { profile.paths[index].originErrors["IOError", default: 0] += failed }
                profile.paths[index].errors += failed
            }
            profile.duration.record(duration)
        }
        return profile
    }
}

extension PathProfile {
    fileprivate mutating func record(_ critical: UInt64, calls count: Int, traceID: TraceID) {
        traces += 1
        calls += count
        criticalNanoseconds += critical
        selfNanoseconds += critical
        totalNanoseconds += critical
        self.critical.record(critical)
        callDuration.record(critical / UInt64(count), times: UInt64(count))
        typicalTraceID = typicalTraceID ?? traceID
        worstTraceID = traceID
    }
}
