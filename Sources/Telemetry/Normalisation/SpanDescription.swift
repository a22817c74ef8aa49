/// A span as its sender described it: the input of `SpanNormaliser`.
package struct SpanDescription: Sendable {
    package var name: String
    package var kind: SpanKind
    package var status: SpanStatus
    /// At least those in `SemanticConcept.byAttributeName`; others are not read.
    package var attributes: [String: AttributeValue]
    /// `exception.type` of the last exception event.
    package var exceptionType: String

    package init(
        name: String,
        kind: SpanKind,
        status: SpanStatus = .unset,
        attributes: [String: AttributeValue] = [:],
        exceptionType: String = ""
    ) {
        self.name = name
        self.kind = kind
        self.status = status
        self.attributes = attributes
        self.exceptionType = exceptionType
    }

    /// The first value under any of the concept's names; empty text counts as absent.
    func value(_ concept: SemanticConcept) -> AttributeValue? {
        for name in concept.names {
            guard let value = attributes[name] else { continue }
            if case .string("") = value { continue }
            return value
        }
        return nil
    }

    func text(_ concept: SemanticConcept) -> String? { value(concept)?.text }
}
