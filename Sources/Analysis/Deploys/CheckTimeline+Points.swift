import Correlation
import Glibc
import Statistics
import Telemetry

extension CheckTimeline {
    /// Unix nanoseconds that bins cover.
    func time(of bins: Range<Int>) -> Range<UInt64> {
        origin + UInt64(bins.lowerBound) * binLength..<origin + UInt64(bins.upperBound) * binLength
    }

    /// An operation bin by bin; quantiles where a bin has a distribution, else the geometric mean as the median.
    func points(of operation: Int, in bins: Range<Int>) -> [CheckPoint] {
        let counts = errors(operation, in: bins)
        let typical = location(operation, in: bins)
        return bins.map { bin in
            var point = CheckPoint(
                start: time(of: bin..<bin + 1).lowerBound,
                spans: Int(counts.counts[bin]),
                errors: Int(counts.sums[bin]),
                p50: nil,
                p95: nil
            )
            guard point.spans > 0 else { return point }
            if binLength == TelemetryWindow.length {
                let total = merged(operation, in: bin..<bin + 1).total
                point.p50 = Double(total.quantile(0.5)) / 1e6
                point.p95 = Double(total.quantile(0.95)) / 1e6
            } else {
                point.p50 = exp(typical.sums[bin] / max(1, typical.counts[bin])) / 1e6
            }
            return point
        }
    }
}
