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

/// A path into the JSON body and the value that must stand there: at least one, and each the same.
package struct JSONExpectation: Sendable, Hashable {
    package var path: JSONPath
    package var expected: JSONValue

    package init(path: JSONPath, expected: JSONValue) {
        self.path = path
        self.expected = expected
    }
}

/// The schemas of an operation's JSON answers.
package struct ResponseSchemas: Sendable, Hashable {
    /// By `200`, `2XX` or `default`; `nil` for an answer that is described without JSON.
    package var byStatus: [String: JSONSchema?]

    package init(byStatus: [String: JSONSchema?]) {
        self.byStatus = byStatus
    }

    /// The most exact description of a status: outer `nil` when the API has none, inner `nil` for an answer without JSON.
    package func schema(for status: Int) -> JSONSchema?? {
        let class1 = "\(status / 100)XX"
        for key in ["\(status)", class1, "default"] {
            if let found = byStatus[key] { return .some(found) }
        }
        return .none
    }
}
