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
