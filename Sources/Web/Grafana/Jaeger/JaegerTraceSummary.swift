import Telemetry

/// One line of Jaeger's list of traces, v3.
struct JaegerTraceSummary: Encodable {
    struct Service: Encodable {
        var name: String
        var spanCount: Int
        var errorSpanCount: Int
    }

    var traceId: String
    var rootServiceName: String
    var rootOperationName: String
    var minStartTimeUnixNano: String
    var maxEndTimeUnixNano: String
    var spanCount: Int
    var errorSpanCount: Int
    var services: [Service]

    init(_ document: TraceDocument) {
        let range = document.range
        traceId = document.traceID.hex
        rootServiceName = document.root?.service ?? ""
        rootOperationName = document.root?.name ?? ""
        minStartTimeUnixNano = String(range.lowerBound)
        maxEndTimeUnixNano = String(range.upperBound)
        spanCount = document.spans.count
        errorSpanCount = document.spans.count { $0.errorType != nil }
        services = Dictionary(grouping: document.spans, by: \.service)
            .map { name, spans in
                Service(name: name, spanCount: spans.count, errorSpanCount: spans.count { $0.errorType != nil })
            }
            .sorted { $0.name < $1.name }
    }
}
