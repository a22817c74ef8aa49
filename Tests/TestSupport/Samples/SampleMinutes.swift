package import Correlation
import Statistics
package import Telemetry

/// Minutes of a small shop as the service keeps them: windows, and traces that prove what they show.
package enum SampleMinutes {
    /// A whole minute of November 2026, Unix nanoseconds.
    package static let start: UInt64 = 1_795_305_600_000_000_000

    package static let checkout = OperationKey(service: "frontend", name: "POST /checkout", kind: .server)
    package static let call = OperationKey(service: "frontend", name: "POST /orders/{id}", kind: .client)
    package static let orders = OperationKey(service: "orders", name: "POST /orders/{id}", kind: .server)
    package static let insert = OperationKey(service: "orders", name: "INSERT orders", kind: .client)

    /// `requests` checkouts, of which every tenth fails, in the `minute`th minute after `start`.
    package static func window(_ minute: Int, requests: Int = 20, after start: UInt64 = start) -> TelemetryWindow {
        let begin = start + UInt64(minute) * TelemetryWindow.length
        var window = TelemetryWindow(start: begin, traces: requests, spans: 4 * requests)
        window.operations = [checkout, call, orders, insert].map { key in
            var operation = OperationWindow(operation: key, version: "1.4")
            for number in 0..<requests { operation.total.record(duration(of: key, number)) }
            operation.own = operation.total
            operation.entries = key == checkout ? requests : 0
            operation.errors = key == insert ? 0 : (requests + 9) / 10
            operation.errorTypes = operation.errors > 0 ? ["timeout": operation.errors] : [:]
            operation.bins[0] = WindowBin(spans: requests, errors: operation.errors)
            return operation
        }
        window.paths = [checkout, call, orders, insert].enumerated().map { depth, key in
            PathWindow(
                frame: PathFrame(operation: key),
                parent: depth == 0 ? nil : depth - 1,
                calls: requests,
                criticalNanoseconds: UInt64(requests) * 20_000_000,
                selfNanoseconds: UInt64(requests) * 20_000_000
            )
        }
        window.operations.sort { ($0.operation, $0.version) < ($1.operation, $1.version) }
        return window
    }

    /// The `number`th request of a minute.
    package static func trace(_ number: Int, in minute: Int, after start: UInt64 = start) -> TraceDocument {
        let begin = start + UInt64(minute) * TelemetryWindow.length + UInt64(number) * 1_000_000_000
        let keys = [checkout, call, orders, insert]
        let spans = keys.enumerated().map { depth, key in
            let offset = UInt64(depth) * 1_000_000
            return SpanDocument(
                spanID: SpanID(UInt64(number * 4 + depth + 1)).hex,
                parentID: depth == 0 ? nil : SpanID(UInt64(number * 4 + depth)).hex,
                service: key.service,
                name: key.name,
                kind: key.kind,
                start: begin + offset,
                end: begin + offset + duration(of: key, number),
                errorType: number % 10 == 0 && key != insert ? "timeout" : nil,
                attributes: [
                    "service.version": "1.4", "http.route": "/checkout", "cart": "a \"full\" <b>cart</b> \(number % 3)",
                ]
            )
        }
        return TraceDocument(
            traceID: TraceID(high: 0x00af_7651_916c_d43d, low: UInt64(minute * 1_000 + number + 1)),
            spans: spans
        )
    }

    private static func duration(of key: OperationKey, _ number: Int) -> UInt64 {
        let milliseconds: UInt64 =
            switch key {
            case checkout: 120
            case call: 80
            case orders: 60
            default: 20
            }
        return (milliseconds + UInt64(number % 7) * 10) * 1_000_000
    }
}
