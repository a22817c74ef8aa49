/// Makes a value that a schema accepts, as far as its own words go: the document's examples first.
///
/// What is made up is plain (`example`, 1, true) and not checked against patterns.
struct SchemaExample {
    /// Schemas may refer to themselves.
    private static let depthLimit = 8
    private static let memberLimit = 30

    /// And to several others each, which those do again.
    private static let valueLimit = 500

    private let document: JSONValue
    private var values = 0

    /// `nil` where it would take too much to say.
    static func value(_ schema: JSONValue, in document: JSONValue) -> JSONValue? {
        var example = SchemaExample(document: document)
        let value = example.value(schema, depth: 0)
        return example.values <= valueLimit ? value : nil
    }

    private init(document: JSONValue) {
        self.document = document
    }

    private mutating func value(_ schema: JSONValue, depth: Int) -> JSONValue {
        values += 1
        guard depth < SchemaExample.depthLimit, values <= SchemaExample.valueLimit else { return .null }
        let schema = followed(schema)
        if let given = given(schema) { return given }
        if let parts = schema["allOf"]?.elements, !parts.isEmpty { return merged(parts, schema, depth) }
        for key in ["oneOf", "anyOf"] {
            if let first = schema[key]?.elements?.first(where: { $0["type"]?.text != "null" }) {
                return value(first, depth: depth + 1)
            }
        }
        switch kind(of: schema) {
        case "object": return .object(members(schema, depth))
        case "array": return array(schema, depth)
        case "integer": return .number(number(schema).rounded(.up))
        case "number": return .number(number(schema))
        case "boolean": return .bool(true)
        case "null": return .null
        default: return .string(text(schema))
        }
    }

    private func followed(_ schema: JSONValue) -> JSONValue {
        var schema = schema
        for _ in 0..<SchemaExample.depthLimit {
            guard let reference = schema["$ref"]?.text else { return schema }
            schema = (try? SchemaReader.target(of: reference, in: document)) ?? .null
        }
        return schema
    }

    private func given(_ schema: JSONValue) -> JSONValue? {
        schema["example"] ?? schema["examples"]?.elements?.first ?? schema["const"] ?? schema["default"]
            ?? schema["enum"]?.elements?.first
    }

    private func kind(of schema: JSONValue) -> String {
        if let word = schema["type"]?.text { return word }
        if let word = schema["type"]?.elements?.compactMap(\.text).first(where: { $0 != "null" }) { return word }
        if schema["properties"] != nil { return "object" }
        return schema["items"] == nil ? "string" : "array"
    }

    private mutating func merged(_ parts: [JSONValue], _ schema: JSONValue, _ depth: Int) -> JSONValue {
        var all = members(schema, depth)
        for part in parts {
            let made = value(part, depth: depth + 1)
            guard let own = made.members else { return made }
            all.merge(own) { first, _ in first }
        }
        return .object(all)
    }

    /// The required properties, or all of them where none is; what only answers have is left out.
    private mutating func members(_ schema: JSONValue, _ depth: Int) -> [String: JSONValue] {
        let required = schema["required"]?.elements?.compactMap(\.text) ?? []
        let known = (schema["properties"]?.members ?? [:]).filter { $0.value["readOnly"] != .bool(true) }
        let names = (required.isEmpty ? known.keys.sorted() : required).filter { known[$0] != nil || !required.isEmpty }
        var members: [String: JSONValue] = [:]
        for name in names.prefix(SchemaExample.memberLimit) {
            if schema["properties"]?[name]?["readOnly"] == .bool(true) { continue }
            let made = known[name].map { value($0, depth: depth + 1) } ?? JSONValue.string("example")
            // What refers to itself has an end there.
            if made != .null || required.contains(name) { members[name] = made }
        }
        return members
    }

    private mutating func array(_ schema: JSONValue, _ depth: Int) -> JSONValue {
        guard let items = schema["items"] else { return .array([]) }
        let count = Int(min(10, max(1, limit("minItems", of: schema) ?? 1)))
        return .array(Array(repeating: value(items, depth: depth + 1), count: count))
    }

    private func number(_ schema: JSONValue) -> Double {
        var number = max(1, limit("minimum", of: schema) ?? -.infinity)
        if let bound = limit("exclusiveMinimum", of: schema), number <= bound { number = bound + 1 }
        if let most = limit("maximum", of: schema), number > most { number = most }
        if let bound = limit("exclusiveMaximum", of: schema), number >= bound { number = bound - 1 }
        if let step = limit("multipleOf", of: schema), step > 0 { number = (number / step).rounded(.up) * step }
        return abs(number) < 1e15 ? number : 1
    }

    private func text(_ schema: JSONValue) -> String {
        switch schema["format"]?.text {
        case "uuid": return "{{uuid}}"
        case "date-time": return "2026-01-31T12:00:00Z"
        case "date": return "2026-01-31"
        case "time": return "12:00:00Z"
        case "email": return "user@example.com"
        case "uri", "url": return "https://example.com/"
        case "ipv4": return "192.0.2.1"
        default: break
        }
        var text = "example"
        if let least = limit("minLength", of: schema), least > 7, least <= 200 {
            text += String(repeating: "x", count: Int(least) - text.count)
        }
        if let most = limit("maxLength", of: schema), most >= 0, most < 200 { text = String(text.prefix(Int(most))) }
        return text
    }

    private func limit(_ key: String, of schema: JSONValue) -> Double? {
        if case .number(let value)? = schema[key], value.isFinite { value } else { nil }
    }
}
