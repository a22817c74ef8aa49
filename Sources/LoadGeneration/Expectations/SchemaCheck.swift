import Plans

/// Checks documents against a schema.
///
/// A class for its compiled patterns; owned by one thread.
final class SchemaCheck {
    private let schema: JSONSchema
    private var patterns: [String: TextPattern] = [:]
    private var depth = 0
    // Rules that refer to each other without going deeper into the document would never end.
    private static let depthLimit = 512

    init(_ schema: JSONSchema) {
        self.schema = schema
    }

    /// The first fault, as a place in the schema's own words and what it wants there; `nil` when there is none.
    ///
    /// Names properties that the schema names, and nothing else of the document.
    func fault(in document: JSONValue) -> String? {
        depth = 0
        return fault(document, schema.root, at: "$")
    }

    private func fault(_ value: JSONValue, _ index: Int, at place: String) -> String? {
        guard depth < SchemaCheck.depthLimit else { return "\(place): nested too deeply to be checked" }
        depth += 1
        defer { depth -= 1 }
        let rule = schema.rules[index]
        if rule.isNever { return "\(place) should not be there" }
        if let kinds = rule.kinds, !kinds.contains(where: { $0.accepts(value) }) {
            return "\(place) should be \(kinds.map(\.rawValue).sorted().joined(separator: " or "))"
        }
        if let allowed = rule.allowed, !allowed.contains(value) { return "\(place) is none of the allowed values" }
        switch value {
        case .number(let number):
            if let fault = fault(number, rule) { return "\(place) \(fault)" }
        case .string(let text):
            if let fault = fault(text, rule) { return "\(place) \(fault)" }
        case .array(let elements):
            if let fault = fault(elements, rule, at: place) { return fault }
        case .object(let members):
            if let fault = fault(members, rule, at: place) { return fault }
        case .null, .bool: break
        }
        return combinationFault(value, rule, at: place)
    }

    private func combinationFault(_ value: JSONValue, _ rule: JSONSchema.Rule, at place: String) -> String? {
        for index in rule.all {
            if let fault = fault(value, index, at: place) { return fault }
        }
        if !rule.any.isEmpty, !rule.any.contains(where: { fault(value, $0, at: place) == nil }) {
            return "\(place) fits none of anyOf"
        }
        if !rule.one.isEmpty {
            let fitting = rule.one.count { fault(value, $0, at: place) == nil }
            if fitting != 1 { return "\(place) fits \(fitting == 0 ? "none" : "several") of oneOf" }
        }
        if let not = rule.not, fault(value, not, at: place) == nil { return "\(place) is what `not` forbids" }
        return nil
    }

    private func fault(_ number: Double, _ rule: JSONSchema.Rule) -> String? {
        if let minimum = rule.minimum, number < minimum { return "is below its minimum" }
        if let maximum = rule.maximum, number > maximum { return "is above its maximum" }
        if let minimum = rule.exclusiveMinimum, number <= minimum { return "is not above its exclusive minimum" }
        if let maximum = rule.exclusiveMaximum, number >= maximum { return "is not below its exclusive maximum" }
        if let step = rule.multipleOf {
            let quotient = number / step
            // Steps such as 0.01 have no exact double.
            if abs(quotient - quotient.rounded()) > 1e-9 * max(1, abs(quotient)) { return "is no multiple of its step" }
        }
        return nil
    }

    private func fault(_ text: String, _ rule: JSONSchema.Rule) -> String? {
        if let length = rule.length, !length.contains(text.unicodeScalars.count) { return "has the wrong length" }
        if let pattern = rule.pattern, let compiled = compiled(pattern), !compiled.matches(Array(text.utf8)) {
            return "does not match its pattern"
        }
        return nil
    }

    private func compiled(_ pattern: String) -> TextPattern? {
        if let known = patterns[pattern] { return known }
        // Patterns of a schema have been compiled when it was read.
        guard let made = try? TextPattern(pattern) else { return nil }
        patterns[pattern] = made
        return made
    }

    private func fault(_ elements: [JSONValue], _ rule: JSONSchema.Rule, at place: String) -> String? {
        if let count = rule.count, !count.contains(elements.count) { return "\(place) has the wrong number of items" }
        if rule.isUnique, Set(elements).count != elements.count { return "\(place) has an item twice" }
        for (position, element) in elements.enumerated() {
            let index = position < rule.firstItems.count ? rule.firstItems[position] : rule.items
            if let index, let fault = fault(element, index, at: place + "[*]") { return fault }
        }
        return nil
    }

    private func fault(_ members: [String: JSONValue], _ rule: JSONSchema.Rule, at place: String) -> String? {
        if let count = rule.propertyCount, !count.contains(members.count) {
            return "\(place) has the wrong number of properties"
        }
        for name in rule.required where members[name] == nil { return "\(place).\(name) is missing" }
        for (name, index) in rule.properties {
            if let value = members[name], let fault = fault(value, index, at: "\(place).\(name)") { return fault }
        }
        guard let index = rule.otherProperties else { return nil }
        for (name, value) in members where rule.properties[name] == nil {
            if fault(value, index, at: place) != nil { return "\(place) has a property that the schema does not allow" }
        }
        return nil
    }
}

extension JSONSchema.Kind {
    fileprivate func accepts(_ value: JSONValue) -> Bool {
        switch (self, value) {
        case (.null, .null), (.boolean, .bool), (.object, .object), (.array, .array), (.number, .number),
            (.string, .string):
            true
        case (.integer, .number(let number)): number == number.rounded()
        default: false
        }
    }
}
