package import Telemetry

/// Reads the version of its service from a span, by numbers alone.
package struct VersionAttributes: Sendable {
    private let attributes: [SpanAttribute]
    private let key: StringID

    /// Knows the attributes that the vocabulary has now.
    package init(_ vocabulary: Vocabulary) {
        key = vocabulary.intern("service.version")
        attributes = vocabulary.attributes
    }

    /// `.empty` for a span that tells none.
    package func version(of row: Int, in spans: SpanTable) -> StringID {
        for id in spans.attributes(of: row) where attributes[Int(id.rawValue)].key == key {
            return attributes[Int(id.rawValue)].value
        }
        return .empty
    }
}
