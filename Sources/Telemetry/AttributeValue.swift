/// One attribute value of a span, in the scalar types of OTLP.
///
/// Arrays, maps and bytes arrive as the text that `OTLP` makes of them.
package enum AttributeValue: Sendable, Hashable {
    case string(String)
    case int(Int64)
    case double(Double)
    case bool(Bool)

    /// The value as text, as it is interned and shown.
    package var text: String {
        switch self {
        case .string(let value): value
        case .int(let value): String(value)
        case .double(let value): String(value)
        case .bool(let value): value ? "true" : "false"
        }
    }

    /// The value as a whole number; reads text too, since Envoy sends `http.status_code` as `"200"`.
    package var integer: Int64? {
        switch self {
        case .string(let value): Int64(value)
        case .int(let value): value
        case .double(let value): Int64(exactly: value)
        case .bool: nil
        }
    }
}

extension AttributeValue: ExpressibleByStringInterpolation {
    package init(stringLiteral value: String) { self = .string(value) }
}

extension AttributeValue: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int64) { self = .int(value) }
}

extension AttributeValue: ExpressibleByFloatLiteral {
    package init(floatLiteral value: Double) { self = .double(value) }
}

extension AttributeValue: ExpressibleByBooleanLiteral {
    package init(booleanLiteral value: Bool) { self = .bool(value) }
}
