import Telemetry

/// Descriptions of spans → what the span table keeps of them, normalising each description once a request.
struct OperationInterner {
    /// A normalised span as numbers of the vocabulary.
    struct Operation {
        var id: OperationID
        var statement: StringID
        var errorType: StringID
        var isError: Bool
    }

    private let vocabulary: Vocabulary
    private let limiter: CardinalityLimiter
    private var operations = ByteTable<Operation>()

    init(vocabulary: Vocabulary, limiter: CardinalityLimiter) {
        self.vocabulary = vocabulary
        self.limiter = limiter
    }

    /// The operation of a span whose `fingerprint` is equal only to that of an equal description.
    ///
    /// The description is made only for a fingerprint that is new in this request.
    mutating func operation(
        fingerprint: UnsafeRawBufferPointer,
        service: StringID,
        description: () -> SpanDescription
    ) -> Operation {
        let lookup = ByteTable<Operation>.Key(fingerprint, salt: Int(service.rawValue))
        if let operation = operations.value(for: lookup) { return operation }
        let operation = intern(description(), service: service)
        operations.insert(operation, for: lookup)
        return operation
    }

    private func intern(_ span: SpanDescription, service: StringID) -> Operation {
        let normalised = SpanNormaliser.normalise(span)
        let name = bounded(normalised.operationName, .operations(of: service))
        return Operation(
            id: vocabulary.intern(service: service, name: name, kind: span.kind),
            statement: bounded(normalised.statement, .statements),
            errorType: bounded(normalised.errorType, .errorTypes),
            isError: normalised.isError
        )
    }

    private func bounded(_ text: String, _ group: CardinalityLimiter.Group) -> StringID {
        if text.isEmpty { return .empty }
        return limiter.admits(text, to: group) ? vocabulary.intern(text) : .overflow
    }
}
