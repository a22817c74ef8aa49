/// A value that an answer gives to later steps; an answer without it fails the flow.
package struct CapturePlan: Sendable, Hashable {
    package enum Source: Sendable, Hashable {
        /// The first value at the path, where it is no list or map.
        case json(JSONPath)
        /// The first group of a `TextPattern` in the body, or its whole match.
        case pattern(String)
        /// A header's value, or what a `TextPattern` finds in it.
        case header(String, pattern: String?)
    }

    package var name: String
    package var source: Source

    package init(name: String, source: Source) {
        self.name = name
        self.source = source
    }
}
