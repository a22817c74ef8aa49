import OTLP
import Telemetry

/// A span that has begun; its owner adds to it until `Tracer.end`.
struct ActiveSpan: Sendable {
    let context: TraceContext
    let parentID: SpanID
    let kind: SpanKind
    let isParentRemote: Bool
    let start: SpanClock.Start
    var name: String
    var attributes: [(key: String, value: AttributeValue)]
    /// Makes the span an error.
    var errorType: String?
    var errorMessage: String?

    mutating func set(_ key: String, _ value: AttributeValue) {
        attributes.append((key: key, value: value))
    }

    /// The span as it is exported, ending now.
    func finished() -> ExportSpan {
        let times = start.interval()
        return ExportSpan(
            traceID: context.traceID,
            spanID: context.spanID,
            parentID: parentID,
            name: name,
            kind: kind,
            startNanoseconds: times.start,
            endNanoseconds: times.end,
            attributes: attributes,
            errorMessage: errorMessage,
            errorType: errorType,
            isParentRemote: isParentRemote
        )
    }
}
