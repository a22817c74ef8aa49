/// A JSON document in memory, for comparing and checking; not for writing back.
package indirect enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    /// Numbers are compared as doubles: 1 and 1.0 are the same.
    case number(Double)
    case string(String)
    case array([JSONValue])
    /// Of repeated keys the last counts.
    case object([String: JSONValue])

    package subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }

    package var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    package var elements: [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    package var members: [String: JSONValue]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    /// JSON on one line, keys sorted, in words that YAML reads alike.
    var compactText: String {
        switch self {
        case .array(let elements): "[" + elements.map(\.compactText).joined(separator: ", ") + "]"
        case .object(let members):
            "{"
                + members.sorted { $0.key < $1.key }.map { "\(JSONText.quoted($0)): \($1.compactText)" }
                .joined(separator: ", ") + "}"
        case .string(let text): JSONText.quoted(text)
        default: scalarText ?? "null"
        }
    }

    /// As a request carries it: text without quotes, a whole number without a fraction; `nil` for lists and maps.
    package var scalarText: String? {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number(let value) where value == value.rounded() && abs(value) < 9e15: String(Int64(value))
        case .number(let value): "\(value)"
        case .string(let text): text
        case .array, .object: nil
        }
    }
}
