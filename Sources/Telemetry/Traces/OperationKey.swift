/// What a span did, at low cardinality: the grouping key of every table, profile and finding.
///
/// `name` follows `docs/glossary.md`: route templates and query summaries, never raw paths or SQL with literals.
package struct OperationKey: Hashable, Sendable, Codable, Comparable {
    package var service: String
    package var name: String
    package var kind: SpanKind

    package init(service: String, name: String, kind: SpanKind) {
        self.service = service
        self.name = name
        self.kind = kind
    }

    package static func < (left: OperationKey, right: OperationKey) -> Bool {
        (left.service, left.name, left.kind.rawValue) < (right.service, right.name, right.kind.rawValue)
    }
}
