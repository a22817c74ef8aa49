import Telemetry

/// What Tempo answers to a search: traces with the spans that stand for them.
struct TempoSearchAnswer: Encodable {
    struct Span: Encodable {
        var spanID: String
        var startTimeUnixNano: String
        var durationNanos: String
        var attributes: [OTLPTraceJSON.Attribute]
    }

    struct SpanSet: Encodable {
        var spans: [Span]
        var matched: Int
    }

    struct Trace: Encodable {
        var traceID: String
        var rootServiceName: String
        var rootTraceName: String
        var startTimeUnixNano: String
        var durationMs: UInt64
        var spanSets: [SpanSet]
    }

    struct Metrics: Encodable {
        var inspectedTraces: Int
    }

    var traces: [Trace]
    var metrics: Metrics

    /// `spans` is how many each trace shows at most.
    init(_ documents: [TraceDocument], matching query: TraceQuery, spans: Int) {
        metrics = Metrics(inspectedTraces: documents.count)
        traces = documents.map { document in
            let range = document.range
            let matched = document.spans.filter { span in
                (query.service.map { $0 == span.service } ?? true) && (query.operation.map { $0 == span.name } ?? true)
            }
            return Trace(
                traceID: document.traceID.hex,
                rootServiceName: document.root?.service ?? "",
                rootTraceName: document.root?.name ?? "",
                startTimeUnixNano: String(range.lowerBound),
                durationMs: (range.upperBound - range.lowerBound) / 1_000_000,
                spanSets: [
                    SpanSet(
                        spans: matched.prefix(spans).map { span in
                            Span(
                                spanID: span.spanID,
                                startTimeUnixNano: String(span.start),
                                durationNanos: String(span.end - span.start),
                                attributes: [.init("service.name", span.service), .init("name", span.name)]
                            )
                        },
                        matched: matched.count
                    )
                ]
            )
        }
    }
}
