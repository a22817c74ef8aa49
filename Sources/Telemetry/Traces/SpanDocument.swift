/// One span of a `TraceDocument`.
package struct SpanDocument: Sendable, Hashable, Codable {
    /// 16 lower-case hex digits.
    package var spanID: String
    /// As `spanID`; `nil` for a root.
    package var parentID: String?
    package var service: String
    /// Normalised, as operations are named everywhere.
    package var name: String
    package var kind: SpanKind
    /// Unix nanoseconds.
    package var start: UInt64
    /// Unix nanoseconds, never before `start`.
    package var end: UInt64
    /// Error class; `nil` when the span is no error.
    package var errorType: String?
    /// Kept attributes of span and resource, redacted, by name; values as text.
    package var attributes: [String: String]

    package init(
        spanID: String,
        parentID: String?,
        service: String,
        name: String,
        kind: SpanKind,
        start: UInt64,
        end: UInt64,
        errorType: String? = nil,
        attributes: [String: String] = [:]
    ) {
        self.spanID = spanID
        self.parentID = parentID
        self.service = service
        self.name = name
        self.kind = kind
        self.start = start
        self.end = max(start, end)
        self.errorType = errorType
        self.attributes = attributes
    }
}
