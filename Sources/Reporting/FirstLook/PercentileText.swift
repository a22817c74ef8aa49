import Foundation
package import Statistics

/// A histogram as HdrHistogram's percentile distribution, which its plotters read (`.hgrm`).
///
/// Values are milliseconds. Between one half of the remaining distance to 100 % and the next lie five lines, as
/// HdrHistogram's tools have them by default.
package struct PercentileText: Sendable {
    private static let ticksPerHalfDistance = 5.0

    private let histogram: LatencyHistogram

    package init(_ histogram: LatencyHistogram) {
        self.histogram = histogram
    }

    package var text: String {
        let heading = "       Value     Percentile TotalCount 1/(1-Percentile)\n\n"
        let deviation = max(0, histogram.meanSquare - histogram.mean * histogram.mean).squareRoot()
        let footing = [
            String(format: "#[Mean    = %12.3f, StdDeviation   = %12.3f]", histogram.mean / 1e6, deviation / 1e6),
            String(
                format: "#[Max     = %12.3f, Total count    = %12llu]",
                Double(histogram.maximum) / 1e6,
                histogram.count
            ),
            String(
                format: "#[Buckets = %12d, SubBuckets     = %12d]",
                64 - histogram.subBucketBits,
                1 << (histogram.subBucketBits + 1)
            ),
        ]
        return heading + lines.map { $0 + "\n" }.joined() + footing.map { $0 + "\n" }.joined()
    }

    private var lines: [String] {
        guard !histogram.isEmpty else { return [] }
        let buckets = histogram.buckets
        var lines: [String] = []
        var index = 0
        var seen = buckets[0].count
        var share = 0.0
        while true {
            let rank = max(1, UInt64((share * Double(histogram.count)).rounded(.up)))
            while seen < rank, index + 1 < buckets.count {
                index += 1
                seen += buckets[index].count
            }
            let isLast = seen >= histogram.count
            let value = isLast ? histogram.maximum : histogram.value(atRank: seen)
            lines.append(PercentileText.line(value, isLast ? 1 : share, seen))
            if isLast { return lines }
            let halvings = (-log2(1 - share)).rounded(.down) + 1
            share = min(share + 1 / (PercentileText.ticksPerHalfDistance * exp2(halvings)), 1)
        }
    }

    private static func line(_ value: UInt64, _ share: Double, _ count: UInt64) -> String {
        let start = String(format: "%12.3f %2.12f %10llu", Double(value) / 1e6, share, count)
        return share >= 1 ? start : start + String(format: " %14.2f", 1 / (1 - share))
    }
}
