/// The 95 % interval of a share: Wilson's score interval, which stays inside 0...1 and holds for few events.
///
/// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
package struct ProportionInterval: Sendable, Hashable {
    package let low: Double
    package let high: Double

    /// Of `part` among `whole`; everything from 0 to 1 where there is no whole.
    package init(_ part: UInt64, of whole: UInt64) {
        guard whole > 0 else {
            (low, high) = (0, 1)
            return
        }
        let z = 1.959_964
        let n = Double(whole)
        let share = Double(min(part, whole)) / n
        let centre = share + z * z / (2 * n)
        let spread = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
        let scale = 1 + z * z / n
        low = part == 0 ? 0 : max(0, (centre - spread) / scale)
        high = part >= whole ? 1 : min(1, (centre + spread) / scale)
    }
}
