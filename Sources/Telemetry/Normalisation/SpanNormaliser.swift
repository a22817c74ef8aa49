/// Turns what senders write into what spans are compared by: low cardinality, no secrets, one vocabulary.
///
/// Pure. Every rule comes from `spec/wire.md` section 3.
package enum SpanNormaliser {
    package static func normalise(_ span: SpanDescription) -> NormalisedSpan {
        let query = DatabaseQuery(of: span)
        let error = ErrorClassification(of: span)
        return NormalisedSpan(
            operationName: OperationNaming.name(of: span, query: query),
            statement: query?.statement ?? "",
            isError: error.isError,
            errorType: error.type
        )
    }
}

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
