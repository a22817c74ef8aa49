import Correlation
import Glibc
import Statistics

/// One quantity of one operation by bin: what it sums to, and over how many.
struct SignalSeries {
    var sums: [Double]
    var counts: [Double]

    init(bins: Int) {
        sums = [Double](repeating: 0, count: bins)
        counts = sums
    }

    func ratio(_ bins: Range<Int>) -> BinnedRatio { BinnedRatio(sums: sums[bins], counts: counts[bins]) }

    /// Bins with anything in them.
    func filled(_ bins: Range<Int>) -> Int { counts[bins].count { $0 > 0 } }

    /// Less what a control says of each bin.
    func adjusted(by control: [Double], weight: Double) -> SignalSeries {
        guard weight != 0 else { return self }
        var result = self
        for bin in sums.indices { result.sums[bin] -= weight * control[bin] * counts[bin] }
        return result
    }

    /// The slope of the quantity over a control, by weighted least squares; 0 where the control does not move.
    func slope(over control: [Double], bins: [Int]) -> Double {
        let filled = bins.filter { counts[$0] > 0 }
        let weight = filled.reduce(0) { $0 + counts[$1] }
        guard weight > 0 else { return 0 }
        let mean = filled.reduce(0) { $0 + sums[$1] } / weight
        let level = filled.reduce(0) { $0 + counts[$1] * control[$1] } / weight
        var (product, square) = (0.0, 0.0)
        for bin in filled {
            let distance = control[bin] - level
            product += distance * (sums[bin] - mean * counts[bin])
            square += distance * distance * counts[bin]
        }
        return square > 0 ? product / square : 0
    }

    /// Per bin, by how much this is above another one; weighed by this one's counts.
    func difference(from other: SignalSeries) -> SignalSeries {
        var result = self
        for bin in sums.indices where other.counts[bin] > 0 {
            result.sums[bin] -= counts[bin] * other.sums[bin] / other.counts[bin]
        }
        for bin in sums.indices where other.counts[bin] == 0 { (result.sums[bin], result.counts[bin]) = (0, 0) }
        return result
    }
}

extension CheckTimeline {
    /// Mean logarithm: of exclusive time where bins are whole windows, else of the duration.
    func location(_ operation: Int, in bins: Range<Int>, version: VersionFilter = .all) -> SignalSeries {
        var series = SignalSeries(bins: binCount)
        let isWhole = binLength == TelemetryWindow.length
        each(operation, in: bins, version: version) { row, first in
            if isWhole {
                let count = Double(row.own.count)
                series.sums[first] += count * (row.own.trimmedLogMean() ?? 0)
                series.counts[first] += count
            } else {
                for (offset, bin) in row.bins.enumerated() where first + offset < binCount {
                    series.sums[first + offset] += bin.logDurationSum
                    series.counts[first + offset] += Double(bin.spans)
                }
            }
        }
        return series
    }

    /// Requests whose whole duration is at mean logarithm; for entries.
    func wholeLocation(_ operation: Int, in bins: Range<Int>) -> SignalSeries {
        var series = SignalSeries(bins: binCount)
        each(operation, in: bins) { row, first in
            let count = Double(row.total.count)
            series.sums[first] += count * (row.total.trimmedLogMean() ?? 0)
            series.counts[first] += count
        }
        return series
    }

    /// Spans above a limit: of exclusive time, or of the whole duration.
    func tail(
        _ operation: Int,
        above limit: UInt64,
        isWhole: Bool = false,
        in bins: Range<Int>,
        version: VersionFilter = .all
    ) -> SignalSeries {
        var series = SignalSeries(bins: binCount)
        each(operation, in: bins, version: version) { row, first in
            series.sums[first] += Double(isWhole ? row.total.count(above: limit) : row.own.count(above: limit))
            series.counts[first] += Double(row.own.count)
        }
        return series
    }

    func errors(_ operation: Int, in bins: Range<Int>, version: VersionFilter = .all) -> SignalSeries {
        var series = SignalSeries(bins: binCount)
        let perWindow = Int(TelemetryWindow.length / binLength)
        each(operation, in: bins, version: version) { row, first in
            if perWindow == 1 {
                series.sums[first] += Double(row.errors)
                series.counts[first] += Double(row.count)
            } else {
                for (offset, bin) in row.bins.enumerated() where first + offset < binCount {
                    series.sums[first + offset] += Double(bin.errors)
                    series.counts[first + offset] += Double(bin.spans)
                }
            }
        }
        return series
    }

    /// Calls of an operation for each call of those that call it.
    func calls(
        _ operation: Int,
        by callers: [Int],
        in bins: Range<Int>,
        version: VersionFilter = .all
    ) -> SignalSeries {
        var series = SignalSeries(bins: binCount)
        series.sums = errors(operation, in: bins, version: version).counts
        for caller in callers {
            let counts = errors(caller, in: bins, version: version).counts
            for bin in bins { series.counts[bin] += counts[bin] }
        }
        return series
    }
}
