/// A JSON or YAML value whose objects keep the order in which they were written.
enum DocumentValue {
    case null
    case bool(Bool)
    case integer(Int64)
    /// Written to 3 decimals, below one to 4 significant digits; `null` when not finite.
    case number(Double)
    case string(String)
    case array([DocumentValue])
    case object([DocumentMember])

    var isContainer: Bool {
        switch self {
        case .array(let items): !items.isEmpty
        case .object(let members): !members.isEmpty
        default: false
        }
    }

    /// The members of several objects one after another.
    static func joined(_ objects: [DocumentValue]) -> DocumentValue {
        .object(
            objects.flatMap { object in
                guard case .object(let members) = object else { return [DocumentMember]() }
                return members
            }
        )
    }

    /// The text of a number, a valid token in JSON and YAML.
    static func text(of number: Double) -> String {
        guard number.isFinite else { return "null" }
        guard number.magnitude >= 1 else { return NumberText.significant(number, digits: 4) }
        guard number.magnitude < 1e12 else { return NumberText.significant(number, digits: 15) }
        return NumberText.significant((number * 1000).rounded() / 1000, digits: 15)
    }
}

extension DocumentValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
{
    init(dictionaryLiteral elements: (String, DocumentValue)...) {
        self = .object(elements.map { DocumentMember($0.0, $0.1) })
    }

    init(arrayLiteral elements: DocumentValue...) { self = .array(elements) }
    init(stringLiteral value: String) { self = .string(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(nilLiteral: ()) { self = .null }
}

extension DocumentValue {
    static func of(_ value: Double?) -> DocumentValue { value.map { .number($0) } ?? .null }
    static func of(_ value: String?) -> DocumentValue { value.map { .string($0) } ?? .null }
    static func of(_ value: some BinaryInteger) -> DocumentValue { .integer(Int64(clamping: value)) }
    static func of(_ values: [String]) -> DocumentValue { .array(values.map { .string($0) }) }
}
