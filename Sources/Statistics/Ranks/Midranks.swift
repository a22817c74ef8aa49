/// The ranks of values, 1-based; equal values share the mean of their ranks.
package struct Midranks: Sendable, Hashable {
    /// In the order given.
    package let ranks: [Double]
    /// How many values share each rank, for ranks shared by two or more.
    package let ties: [Int]

    package init(_ values: [Double]) {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Double](repeating: 0, count: values.count)
        var ties: [Int] = []
        var first = 0
        while first < order.count {
            var end = first + 1
            while end < order.count, values[order[end]] == values[order[first]] { end += 1 }
            for place in first..<end { ranks[order[place]] = Double(first + end + 1) / 2 }
            if end - first > 1 { ties.append(end - first) }
            first = end
        }
        self.ranks = ranks
        self.ties = ties
    }

    /// Σ(t³ − t) over ties of t values.
    package var tieCorrection: Double { ties.reduce(0) { $0 + Double($1 * $1 * $1 - $1) } }
}
