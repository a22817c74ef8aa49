/// Whether requests above a limit became more frequent between two windows, robust against busy minutes.
///
/// Bins of time are the sampling unit, not requests: the variance comes from how bins differ. Source:
/// `spec/statistics.md` section 4 (b) and appendix (`binz`, a ratio estimator).
package struct WindowExceedance: Sendable, Hashable {
    /// One bin of a window.
    package struct Bin: Sendable, Hashable {
        package var requests: Double
        package var exceedances: Double

        package init(requests: Double, exceedances: Double) {
            self.requests = requests
            self.exceedances = exceedances
        }
    }

    /// Share of requests above the limit, 0...1.
    package let before: Double
    package let after: Double
    /// The difference in standard errors; 0 with fewer than two bins on a side, or without any variation.
    package let z: Double

    package init(before: [Bin], after: [Bin]) {
        let (left, right) = (Side(before), Side(after))
        self.before = left.share
        self.after = right.share
        let variance = left.variance + right.variance
        z = variance > 0 && variance.isFinite ? (right.share - left.share) / variance.squareRoot() : 0
    }

    private struct Side {
        let share: Double
        let variance: Double

        init(_ bins: [Bin]) {
            let requests = bins.reduce(0) { $0 + $1.requests }
            let share = requests > 0 ? bins.reduce(0) { $0 + $1.exceedances } / requests : 0
            self.share = share
            let squares = bins.reduce(0.0) { sum, bin in
                let residual = bin.exceedances - share * bin.requests
                return sum + residual * residual
            }
            let count = Double(bins.count)
            variance = count > 1 && requests > 0 ? count / (count - 1) * squares / (requests * requests) : .infinity
        }
    }
}
