/// Centre and spread that one outlier cannot move.
package enum RobustScale {
    /// The middle value, or the mean of the two middle values; `nil` when empty.
    package static func median(_ values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        var values = values
        let middle = values.count / 2
        return values.withUnsafeMutableBufferPointer { values in
            let upper = select(middle, in: values)
            if !values.count.isMultiple(of: 2) { return upper }
            // Everything before the selected place is no greater, so the other middle value is the largest there.
            var lower = values[0]
            for index in 1..<max(1, middle) { lower = max(lower, values[index]) }
            return (lower + upper) / 2
        }
    }

    /// Puts the value of a rank in its place, smaller ones before it: linear on average (Hoare 1961, Algorithm 65).
    private static func select(_ rank: Int, in values: UnsafeMutableBufferPointer<Double>) -> Double {
        var (low, high) = (0, values.count - 1)
        while low < high {
            // The median of three as pivot, so that sorted input is no bad case.
            let (first, middle, last) = (values[low], values[(low + high) / 2], values[high])
            let pivot = max(min(first, middle), min(max(first, middle), last))
            var (left, right) = (low, high)
            while left <= right {
                while values[left] < pivot { left += 1 }
                while values[right] > pivot { right -= 1 }
                if left <= right {
                    values.swapAt(left, right)
                    left += 1
                    right -= 1
                }
            }
            if rank <= right { high = right } else if rank >= left { low = left } else { break }
        }
        return values[rank]
    }

    /// The median absolute deviation from the median; times 1.4826 it estimates a normal standard deviation.
    package static func medianAbsoluteDeviation(_ values: [Double]) -> Double? {
        guard let center = median(values) else { return nil }
        return median(values.map { abs($0 - center) })
    }

    /// Times this, the median absolute deviation of normal data is their standard deviation.
    package static let normalConsistency = 1.4826
}
