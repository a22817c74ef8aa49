/// Where a stretch of values splits into the two parts that differ most, by energy distance.
enum EnergyDistance {
    /// The best split of values `start..<τ` from `τ..<κ`, over all τ and all κ: the right part may end early.
    ///
    /// Q = 2·between/(n+m) − 2·m·left/((n+m)(n−1)) − 2·n·right/((n+m)(m−1)), sums over pairs of |x − y|.
    /// Quadratic in the length. Of equal splits the first τ, then the first κ.
    /// - Returns: τ as an index of the slice.
    static func best(in values: ArraySlice<Double>) -> (index: Int, distance: Double) {
        let x = Array(values)
        let count = x.count
        // within[τ]: pairs inside x[..<τ]; grows with τ, while the other sums are kept per κ.
        var leftPairs = [Double](repeating: 0, count: count + 1)
        for end in 1..<max(1, count) {
            leftPairs[end + 1] = leftPairs[end] + (0..<end).reduce(0) { $0 + abs(x[end] - x[$1]) }
        }
        var best = (index: values.startIndex + 1, distance: -Double.infinity)
        // Per τ, going on in κ: what each new value on the right adds between the parts and inside the right one.
        for split in 1..<max(1, count) {
            var (between, right) = (0.0, 0.0)
            for last in split..<count {
                for index in 0..<split { between += abs(x[last] - x[index]) }
                for index in split..<last { right += abs(x[last] - x[index]) }
                let (n, m) = (Double(split), Double(last - split + 1))
                let inLeft = n > 1 ? 2 * m / ((n + m) * (n - 1)) * leftPairs[split] : 0
                let inRight = m > 1 ? 2 * n / ((n + m) * (m - 1)) * right : 0
                let distance = 2 / (n + m) * between - inLeft - inRight
                if distance > best.distance { best = (values.startIndex + split, distance) }
            }
        }
        return best
    }
}
