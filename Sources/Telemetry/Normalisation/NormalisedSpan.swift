/// What `SpanNormaliser` makes of a span.
package struct NormalisedSpan: Sendable, Hashable {
    /// Never empty, at most `OperationNaming.byteLimit` bytes, no control characters.
    package var operationName: String
    /// Query text without literals; empty for a span that is no query.
    package var statement: String
    package var isError: Bool
    /// Error class; empty when the span is no error.
    package var errorType: String
}
