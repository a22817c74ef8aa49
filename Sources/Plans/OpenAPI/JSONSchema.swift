/// A JSON Schema in the form that answers are checked against: rules by index, so that a schema may contain itself.
///
/// Understands what OpenAPI 3.0 and 3.1 documents use: types, enumerations, numeric, text and list limits, properties,
/// and combinations. Formats are annotations, as JSON Schema has them by default.
package struct JSONSchema: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case null, boolean, object, array, number, string, integer
    }

    /// One schema object; what is absent accepts everything.
    package struct Rule: Sendable, Hashable {
        package var kinds: Set<Kind>?
        package var allowed: [JSONValue]?
        package var minimum: Double?
        package var maximum: Double?
        package var exclusiveMinimum: Double?
        package var exclusiveMaximum: Double?
        package var multipleOf: Double?
        /// Of a text, in Unicode scalars.
        package var length: ClosedRange<Int>?
        package var pattern: String?
        package var count: ClosedRange<Int>?
        package var isUnique = false
        package var propertyCount: ClosedRange<Int>?
        package var required: [String] = []
        package var properties: [String: Int] = [:]
        /// Of properties that are not named; `nil` accepts any.
        package var otherProperties: Int?
        package var items: Int?
        /// Of the first items, before `items` counts.
        package var firstItems: [Int] = []
        package var all: [Int] = []
        package var any: [Int] = []
        package var one: [Int] = []
        package var not: Int?
        /// The schema `false`: accepts nothing.
        package var isNever = false

        package init() {}
    }

    /// Every rule reachable from the root.
    package var rules: [Rule]
    package var root: Int

    package init(rules: [Rule], root: Int) {
        self.rules = rules
        self.root = root
    }
}
