import Correlation
import Telemetry

extension Wording {
    /// `orders GET /orders/{id}`.
    static func operation(_ key: OperationKey) -> String { "\(key.service) \(key.name)" }

    /// A query on one line, with a long list of columns cut out and at most 100 characters.
    static func statement(_ text: String) -> String {
        var words = text.split(whereSeparator: \.isWhitespace)
        if words.first?.lowercased() == "select", let from = words.firstIndex(where: { $0.lowercased() == "from" }) {
            if from > 2 { words.replaceSubrange(1..<from, with: ["…"]) }
        }
        let line = words.joined(separator: " ")
        return line.count > 100 ? line.prefix(99) + "…" : line
    }

    /// `84 % of the slowdown of GET /api/orders`; without a slowdown, the milliseconds alone say it.
    static func explained(_ share: Double?, of endpoint: String) -> String? {
        share.map { "\(percent(min(1, max(0, $0)))) of the slowdown of \(endpoint)" }
    }
}
