/// `GET /orders/{id}`, as a description has it, against what a test asks.
struct EndpointPattern {
    private let parts: [Substring]

    init(_ endpoint: String) {
        parts = EndpointPattern.parts(endpoint)
    }

    func matches(_ endpoint: String) -> Bool {
        let asked = EndpointPattern.parts(endpoint)
        return parts.count == asked.count
            && zip(parts, asked).allSatisfy { $0 == $1 || ($0.contains("{") && !$1.isEmpty) }
    }

    private static func parts(_ endpoint: String) -> [Substring] {
        endpoint.prefix { $0 != "?" }.split(separator: "/", omittingEmptySubsequences: false)
    }
}
