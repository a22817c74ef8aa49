import Telemetry

/// Trace documents of three services with every field in use.
enum SampleTraces {
    static func document(_ number: UInt64, start: UInt64, service: String = "orders") -> TraceDocument {
        TraceDocument(
            traceID: TraceID(high: 7, low: number),
            spans: [
                SpanDocument(
                    spanID: SpanID(1).hex,
                    parentID: nil,
                    service: "frontend",
                    name: "GET /cart",
                    kind: .server,
                    start: start,
                    end: start + 5_000_000,
                    attributes: ["http.route": "/cart", "service.version": "1.2"]
                ),
                SpanDocument(
                    spanID: SpanID(2).hex,
                    parentID: SpanID(1).hex,
                    service: service,
                    name: "SELECT orders",
                    kind: .client,
                    start: start + 1_000,
                    end: start + 4_000_000,
                    errorType: number % 2 == 0 ? "timeout" : nil,
                    attributes: ["db.system.name": "postgresql", "emoji": "🛒\n<script>"]
                ),
            ],
            omittedSpans: 3
        )
    }
}
