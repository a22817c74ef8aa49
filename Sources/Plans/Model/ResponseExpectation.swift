/// What makes an answer a success.
package struct ResponseExpectation: Sendable, Hashable {
    /// Empty accepts 200...399.
    package var statuses: Set<Int>
    package var json: [JSONExpectation]
    /// `TextPattern`s that the body must match.
    package var patterns: [String]
    /// Bytes of the body, as they came over the wire.
    package var size: ClosedRange<Int>?
    /// What `generated.api.yaml` says of the answers.
    package var schemas: ResponseSchemas?

    package init(
        statuses: Set<Int> = [],
        json: [JSONExpectation] = [],
        patterns: [String] = [],
        size: ClosedRange<Int>? = nil,
        schemas: ResponseSchemas? = nil
    ) {
        self.statuses = statuses
        self.json = json
        self.patterns = patterns
        self.size = size
        self.schemas = schemas
    }

    package func accepts(status: Int) -> Bool {
        statuses.isEmpty ? (200..<400).contains(status) : statuses.contains(status)
    }

    /// Whether the body itself has to be looked at.
    package var readsBody: Bool { !json.isEmpty || !patterns.isEmpty || schemas != nil }
}
