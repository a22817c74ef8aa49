/// One line of progress that fits its window: what matters least is left out first, then the name is cut.
struct ProgressLine {
    /// Lower goes first.
    enum Weight: Int, Comparable {
        case detail, picture, context, number, vital

        static func < (left: Weight, right: Weight) -> Bool { left.rawValue < right.rawValue }
    }

    private var parts: [(text: String, weight: Weight)] = []

    mutating func add(_ text: String?, _ weight: Weight) {
        guard let text, !text.isEmpty else { return }
        parts.append((text, weight))
    }

    /// In the order in which they were added; of parts that matter alike the last goes first.
    func text(width: Int) -> String {
        var kept = parts
        while kept.count > 1, length(of: kept) > width,
            let least = kept.indices.reversed().min(by: { kept[$0].weight < kept[$1].weight })
        {
            kept.remove(at: least)
        }
        return String(kept.map(\.text).joined(separator: "  ").prefix(max(0, width)))
    }

    private func length(of parts: [(text: String, weight: Weight)]) -> Int {
        parts.reduce(2 * (parts.count - 1)) { $0 + $1.text.count }
    }
}
