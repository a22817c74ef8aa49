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
