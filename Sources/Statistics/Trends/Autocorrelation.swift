/// How far a series repeats itself.
package enum Autocorrelation {
    /// The correlation of values with those `lag` places later, -1...1; 0 for a constant or too short series.
    package static func value(_ values: [Double], lag: Int) -> Double {
        guard lag > 0, values.count > lag else { return 0 }
        let mean = values.reduce(0, +) / Double(values.count)
        let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        guard square > 0 else { return 0 }
        let product = zip(values, values.dropFirst(lag)).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) }
        return product / square
    }

    /// At lag one, corrected for what estimating the mean costs in short series: r + (2 + 4·max(r, 0))/n.
    package static func firstUnbiased(_ values: [Double]) -> Double {
        guard values.count > 2 else { return 0 }
        let raw = value(values, lag: 1)
        return raw + (2 + 4 * max(raw, 0)) / Double(values.count)
    }

    /// The lag in a range at which the series repeats itself most, if it is a local peak.
    package static func peak(_ values: [Double], lags: ClosedRange<Int>) -> (lag: Int, value: Double)? {
        let usable = lags.clamped(to: 1...max(1, values.count - 1))
        let found = usable.map { (lag: $0, value: value(values, lag: $0)) }.max { $0.value < $1.value }
        guard let found, found.value > 0 else { return nil }
        let isPeak =
            found.value >= value(values, lag: found.lag + 1)
            && (found.lag == 1 || found.value >= value(values, lag: found.lag - 1))
        return isPeak ? found : nil
    }
}
