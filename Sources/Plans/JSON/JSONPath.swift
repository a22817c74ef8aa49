/// A path into a JSON document: the part of RFC 9535 without filters, slices and scripts.
///
/// `$.orders[0].id`, `$['first name']`, `$.items[*].price`, `$..id`, `$.items[-1]`.
package struct JSONPath: Sendable, Hashable, CustomStringConvertible {
    private enum Step: Sendable, Hashable {
        case name(String)
        /// From the end where negative.
        case index(Int)
        case all
        /// The value itself and everything below it.
        case descendants
    }

    /// Why a text is no path: what was expected, and where, in characters from 0.
    package struct Fault: Error, Hashable {
        package var expected: String
        package var offset: Int
    }

    /// As written.
    package let description: String
    private let steps: [Step]

    package init(_ text: String) throws(Fault) {
        var reader = Reader(rest: text[...], text: text)
        steps = try reader.steps()
        description = text
    }

    /// All values the path leads to, in document order as far as JSON has one.
    package func values(in document: JSONValue) -> [JSONValue] {
        steps.reduce([document]) { values, step in values.flatMap { JSONPath.apply(step, to: $0) } }
    }

    private static func apply(_ step: Step, to value: JSONValue) -> [JSONValue] {
        switch (step, value) {
        case (.name(let name), .object(let members)): return members[name].map { [$0] } ?? []
        case (.index(let index), .array(let elements)):
            let position = index < 0 ? elements.count + index : index
            return elements.indices.contains(position) ? [elements[position]] : []
        case (.all, .array(let elements)): return elements
        case (.all, .object(let members)): return members.sorted { $0.key < $1.key }.map(\.value)
        case (.descendants, .array), (.descendants, .object):
            return [value] + apply(.all, to: value).flatMap { apply(.descendants, to: $0) }
        default: return []
        }
    }

    private struct Reader {
        var rest: Substring
        let text: String

        mutating func steps() throws(Fault) -> [Step] {
            guard take("$") else { throw fault("a path that starts with `$`") }
            var steps: [Step] = []
            while !rest.isEmpty {
                if take("..") {
                    steps.append(.descendants)
                    steps.append(rest.first == "[" ? try bracket() : try name())
                } else if take(".") {
                    steps.append(try name())
                } else {
                    steps.append(try bracket())
                }
            }
            return steps
        }

        private mutating func name() throws(Fault) -> Step {
            if take("*") { return .all }
            let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
            guard !name.isEmpty else { throw fault("a name or `*` after the dot") }
            rest = rest.dropFirst(name.count)
            return .name(String(name))
        }

        private mutating func bracket() throws(Fault) -> Step {
            guard take("[") else { throw fault("`.` or `[`") }
            let step: Step
            if take("*") {
                step = .all
            } else if let quote = rest.first, quote == "'" || quote == "\"" {
                rest = rest.dropFirst()
                let name = rest.prefix { $0 != quote }
                rest = rest.dropFirst(name.count)
                guard take(String(quote)) else { throw fault("a closing \(quote)") }
                step = .name(String(name))
            } else {
                let digits = rest.prefix { $0 == "-" || ($0.isASCII && $0.isNumber) }
                guard let index = Int(digits) else { throw fault("an index, a quoted name or `*` in brackets") }
                rest = rest.dropFirst(digits.count)
                step = .index(index)
            }
            guard take("]") else { throw fault("`]`") }
            return step
        }

        private mutating func take(_ word: String) -> Bool {
            guard rest.hasPrefix(word) else { return false }
            rest = rest.dropFirst(word.count)
            return true
        }

        private func fault(_ expected: String) -> Fault {
            Fault(expected: expected, offset: text.distance(from: text.startIndex, to: rest.startIndex))
        }
    }
}
