package import Telemetry

/// One finished span on its way out, as an exporter of this project records it.
package struct ExportSpan: Sendable {
    package var traceID: TraceID
    package var spanID: SpanID
    /// `SpanID.none` for a root.
    package var parentID: SpanID
    package var name: String
    package var kind: SpanKind
    /// Unix time.
    package var startNanoseconds: UInt64
    /// Unix time.
    package var endNanoseconds: UInt64
    package var attributes: [(key: String, value: AttributeValue)]
    /// Status description; with `errorType`, either one makes the span an error.
    package var errorMessage: String?
    /// Sent as the attribute `error.type`.
    package var errorType: String?
    /// OTLP flag bit 9: the parent is a span of another process.
    package var isParentRemote: Bool
    /// W3C `tracestate`, where a sampler puts its threshold (`ot=th:…`); empty for none.
    package var traceState = ""

    package init(
        traceID: TraceID,
        spanID: SpanID,
        parentID: SpanID = .none,
        name: String,
        kind: SpanKind,
        startNanoseconds: UInt64,
        endNanoseconds: UInt64,
        attributes: [(key: String, value: AttributeValue)] = [],
        errorMessage: String? = nil,
        errorType: String? = nil,
        isParentRemote: Bool = false
    ) {
        self.traceID = traceID
        self.spanID = spanID
        self.parentID = parentID
        self.name = name
        self.kind = kind
        self.startNanoseconds = startNanoseconds
        self.endNanoseconds = endNanoseconds
        self.attributes = attributes
        self.errorMessage = errorMessage
        self.errorType = errorType
        self.isParentRemote = isParentRemote
    }

    package var isError: Bool { errorMessage != nil || errorType != nil }
}
