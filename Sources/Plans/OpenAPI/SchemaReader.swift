/// Compiles a schema of an OpenAPI document, following `$ref` within the document.
struct SchemaReader {
    /// Why a schema cannot be used.
    struct Fault: Error {
        var reason: String
    }

    private static let ruleLimit = 20_000
    private static let uncheckedKeys = [
        "if", "contains", "dependentRequired", "dependentSchemas", "patternProperties", "propertyNames",
        "unevaluatedItems", "unevaluatedProperties",
    ]

    private let document: JSONValue
    private var rules: [JSONSchema.Rule] = []
    /// Index by reference, set before the schema is read: it may contain itself.
    private var references: [String: Int] = [:]

    /// What the schema asks for and we do not check, for people.
    private(set) var unchecked: Set<String> = []

    init(document: JSONValue) {
        self.document = document
    }

    /// A schema of its own; `unchecked` adds up over several.
    mutating func schema(_ value: JSONValue) throws(Fault) -> JSONSchema {
        rules = []
        references = [:]
        let root = try rule(value)
        return JSONSchema(rules: rules, root: root)
    }

    private mutating func rule(_ value: JSONValue) throws(Fault) -> Int {
        if let reference = value["$ref"]?.text { return try resolved(reference) }
        let index = try reserve()
        try fill(index, from: value)
        return index
    }

    private mutating func reserve() throws(Fault) -> Int {
        guard rules.count < SchemaReader.ruleLimit else { throw Fault(reason: "the schema is too large") }
        rules.append(JSONSchema.Rule())
        return rules.count - 1
    }

    private mutating func resolved(_ reference: String) throws(Fault) -> Int {
        if let known = references[reference] { return known }
        var seen: Set<String> = []
        var current = reference
        var target = try SchemaReader.target(of: current, in: document)
        while let next = target["$ref"]?.text {
            guard seen.insert(current).inserted else { throw Fault(reason: "`\(reference)` refers to itself") }
            current = next
            target = try SchemaReader.target(of: current, in: document)
        }
        let index = try reserve()
        references[reference] = index
        try fill(index, from: target)
        return index
    }

    /// What a reference within the document stands for (RFC 6901).
    static func target(of reference: String, in document: JSONValue) throws(Fault) -> JSONValue {
        guard reference.hasPrefix("#/") else {
            throw Fault(
                reason: "\(reference.quoted) lies outside the file; only references that start with #/ are read"
            )
        }
        var value = document
        for part in reference.dropFirst(2).split(separator: "/", omittingEmptySubsequences: false) {
            let key = String(part).replacing("~1", with: "/").replacing("~0", with: "~")
            guard let next = value[key] else { throw Fault(reason: "\(reference.quoted) leads nowhere in the file") }
            value = next
        }
        return value
    }

    private mutating func fill(_ index: Int, from value: JSONValue) throws(Fault) {
        var rule = JSONSchema.Rule()
        switch value {
        case .bool(let accepts): rule.isNever = !accepts
        case .object(let members):
            try SchemaReader.fillKinds(of: &rule, members)
            SchemaReader.fillLimits(of: &rule, members)
            fillPattern(of: &rule, members)
            for key in SchemaReader.uncheckedKeys where members[key] != nil { unchecked.insert("`\(key)`") }
            rule.required = members["required"]?.elements?.compactMap(\.text) ?? []
            for (name, property) in members["properties"]?.members ?? [:] {
                rule.properties[name] = try self.rule(property)
            }
            rule.otherProperties = try optional(members["additionalProperties"])
            rule.items = try optional(members["items"])
            rule.firstItems = try list(members["prefixItems"])
            rule.all = try list(members["allOf"])
            rule.any = try list(members["anyOf"])
            rule.one = try list(members["oneOf"])
            rule.not = try optional(members["not"])
        default: throw Fault(reason: "a schema is neither a map nor true or false")
        }
        rules[index] = rule
    }

    private mutating func optional(_ value: JSONValue?) throws(Fault) -> Int? {
        guard let value, value != .bool(true) else { return nil }
        return try rule(value)
    }

    private mutating func list(_ value: JSONValue?) throws(Fault) -> [Int] {
        var indices: [Int] = []
        for element in value?.elements ?? [] { indices.append(try rule(element)) }
        return indices
    }

    private static func fillKinds(of rule: inout JSONSchema.Rule, _ members: [String: JSONValue]) throws(Fault) {
        var kinds: Set<JSONSchema.Kind> = []
        let words = members["type"]?.elements ?? members["type"].map { [$0] } ?? []
        for word in words {
            guard let kind = word.text.flatMap(JSONSchema.Kind.init) else {
                throw Fault(reason: "unknown type \((word.scalarText ?? "a list").quoted)")
            }
            kinds.insert(kind)
        }
        // OpenAPI 3.0 writes `nullable`, 3.1 the type `null`.
        if members["nullable"] == .bool(true), !kinds.isEmpty { kinds.insert(.null) }
        rule.kinds = kinds.isEmpty ? nil : kinds
        if let constant = members["const"] { rule.allowed = [constant] }
        if var values = members["enum"]?.elements {
            if members["nullable"] == .bool(true) { values.append(.null) }
            rule.allowed = values
        }
    }

    private static func fillLimits(of rule: inout JSONSchema.Rule, _ members: [String: JSONValue]) {
        func number(_ key: String) -> Double? {
            if case .number(let value) = members[key] { value } else { nil }
        }
        func range(_ low: String, _ high: String) -> ClosedRange<Int>? {
            guard number(low) != nil || number(high) != nil else { return nil }
            let least = Int(max(0, min(number(low) ?? 0, 1e15)))
            return least...max(least, Int(min(number(high) ?? 1e15, 1e15)))
        }
        rule.minimum = number("minimum")
        rule.maximum = number("maximum")
        rule.exclusiveMinimum = number("exclusiveMinimum")
        rule.exclusiveMaximum = number("exclusiveMaximum")
        // OpenAPI 3.0 has a flag where JSON Schema has a number.
        if members["exclusiveMinimum"] == .bool(true) { rule.exclusiveMinimum = rule.minimum }
        if members["exclusiveMaximum"] == .bool(true) { rule.exclusiveMaximum = rule.maximum }
        rule.multipleOf = number("multipleOf").flatMap { $0 > 0 ? $0 : nil }
        rule.length = range("minLength", "maxLength")
        rule.count = range("minItems", "maxItems")
        rule.propertyCount = range("minProperties", "maxProperties")
        rule.isUnique = members["uniqueItems"] == .bool(true)
    }

    // Other dialects know more than ours; a schema with such a pattern is still worth checking for the rest.
    private mutating func fillPattern(of rule: inout JSONSchema.Rule, _ members: [String: JSONValue]) {
        guard let pattern = members["pattern"]?.text else { return }
        do throws(TextPattern.Fault) {
            _ = try TextPattern(pattern)
            rule.pattern = pattern
        } catch {
            unchecked.insert("the pattern \(pattern.quoted) (\(error.reason))")
        }
    }
}
