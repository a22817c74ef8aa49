/// Text with `{{…}}` templates in it, parsed: what is written, apart from how it is filled in.
///
/// `{{uuid}}`, `{{seq}}`, `{{random 1 100}}`, `{{csv users.csv name}}`, `{{tenant}}` for the edition's next tenant, and
/// `{{name}}` for what an earlier step of a flow has captured. Braces that do not close stay as they are.
package struct TemplateText: Sendable, Hashable {
    package enum Part: Sendable, Hashable {
        case literal(String)
        case uuid
        case sequence
        /// Whole numbers, both ends included.
        case random(ClosedRange<Int>)
        case column(file: String, name: String)
        case variable(String)
    }

    /// A template that names nothing we know, without its braces.
    package struct UnknownTemplate: Error, Hashable {
        package var text: String

        package init(text: String) {
            self.text = text
        }
    }

    package static let known = "{{uuid}}, {{seq}}, {{random 1 100}}, {{csv users.csv name}}, {{tenant}}"
    /// The table of an edition's tenants, whose name no file can have.
    static let tenantTable = "{{tenant}}"
    static let tenantColumn = "tenant"

    package let parts: [Part]

    /// `variables` are the names that `{{name}}` may stand for here.
    package init(_ text: String, variables: Set<String> = []) throws(UnknownTemplate) {
        var parts: [Part] = []
        var rest = text[...]
        while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
            parts.append(.literal(String(rest[..<open.lowerBound])))
            parts.append(try TemplateText.part(String(rest[open.upperBound..<close.lowerBound]), variables))
            rest = rest[close.upperBound...]
        }
        parts.append(.literal(String(rest)))
        self.parts = parts.filter { $0 != .literal("") }
    }

    /// Whether every request gets the same text.
    package var isConstant: Bool {
        parts.allSatisfy { if case .literal = $0 { true } else { false } }
    }

    private static func part(_ text: String, _ variables: Set<String>) throws(UnknownTemplate) -> Part {
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        switch (words.first, words.count) {
        case ("uuid", 1): return .uuid
        case ("seq", 1): return .sequence
        case ("tenant", 1): return .column(file: tenantTable, name: tenantColumn)
        case ("random", 3):
            guard let low = Int(words[1]), let high = Int(words[2]), low <= high else { break }
            return .random(low...high)
        case ("csv", 3...): return .column(file: words[1], name: words[2...].joined(separator: " "))
        case (let name?, 1) where variables.contains(name): return .variable(name)
        default: break
        }
        throw UnknownTemplate(text: text)
    }
}
