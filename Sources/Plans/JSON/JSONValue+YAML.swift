import Yams

extension JSONValue {
    /// The tree of a YAML node; `nil` where it has no JSON form, or is larger than `limit` nodes.
    ///
    /// Scalars read as in a JSON body (`JSONText`), so that `00123` stays text.
    init?(yaml node: Node, limit: Int = 500_000) {
        var budget = limit
        guard let value = JSONValue.value(of: node, &budget, depth: 0) else { return nil }
        self = value
    }

    // Aliases may repeat a tree many times over, so what is counted is what comes out.
    private static func value(of node: Node, _ budget: inout Int, depth: Int) -> JSONValue? {
        budget -= 1
        guard budget >= 0, depth < 256 else { return nil }
        switch node {
        case .scalar(let scalar): return value(of: scalar)
        case .alias: return nil
        case .sequence(let sequence):
            var elements: [JSONValue] = []
            for element in sequence {
                guard let value = value(of: element, &budget, depth: depth + 1) else { return nil }
                elements.append(value)
            }
            return .array(elements)
        case .mapping(let mapping):
            var members: [String: JSONValue] = [:]
            for (key, element) in mapping {
                guard case .scalar(let name) = key, let value = value(of: element, &budget, depth: depth + 1)
                else { return nil }
                members[name.string] = value
            }
            return .object(members)
        }
    }

    private static func value(of scalar: Node.Scalar) -> JSONValue {
        guard scalar.style == .plain || scalar.style == .any else { return .string(scalar.string) }
        switch scalar.string {
        case "", "~", "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        default:
            guard JSONText.isNumber(scalar.string), let number = Double(scalar.string) else {
                return .string(scalar.string)
            }
            return .number(number)
        }
    }
}
