/// Keeps the share of false alarms in check when many things are tested at once.
package enum MultipleTesting {
    /// One p-value for "any of these": the least of `n · p(i) / i` over the sorted p-values.
    ///
    /// Valid under positive dependence. For two it is `min(2 · min, max)`. Source: Simes 1986.
    /// - Returns: 1 for no p-values.
    package static func simes(_ pValues: [Double]) -> Double {
        let count = Double(pValues.count)
        return pValues.sorted().enumerated().reduce(1) { min($0, count * $1.element / Double($1.offset + 1)) }
    }

    /// The q-value of each test, in the order given: the least false discovery rate at which it would be rejected.
    ///
    /// Source: Benjamini and Hochberg 1995; the same numbers as `scipy.stats.false_discovery_control`.
    package static func benjaminiHochberg(_ pValues: [Double]) -> [Double] {
        let order = pValues.indices.sorted { pValues[$0] < pValues[$1] }
        var qValues = pValues
        var least = 1.0
        for (rank, index) in order.enumerated().reversed() {
            least = min(least, pValues[index] * Double(pValues.count) / Double(rank + 1))
            qValues[index] = least
        }
        return qValues
    }
}
