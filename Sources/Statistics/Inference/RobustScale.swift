/// Centre and spread that one outlier cannot move.
package enum RobustScale {
    /// The middle value, or the mean of the two middle values; `nil` when empty.
    package static func median(_ values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }

    /// The median absolute deviation from the median; times 1.4826 it estimates a normal standard deviation.
    package static func medianAbsoluteDeviation(_ values: [Double]) -> Double? {
        guard let center = median(values) else { return nil }
        return median(values.map { abs($0 - center) })
    }

    /// Times this, the median absolute deviation of normal data is their standard deviation.
    package static let normalConsistency = 1.4826
}
