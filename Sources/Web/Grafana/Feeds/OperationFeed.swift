import Baselines
import Correlation
import Statistics
import Telemetry

/// Operations over the range, most spans first; of a long range its last hours.
struct OperationFeed: FeedTable {
    struct Row: Encodable {
        var service: String
        var operation: String
        var kind: String
        var spans: Int
        var errors: Int
        var errorRatio: Double
        /// Spans a second of the windows that were found.
        var rate: Double
        var p50Milliseconds: Double
        var p95Milliseconds: Double
        var p99Milliseconds: Double
        var maximumMilliseconds: Double
    }

    private struct Sum {
        var total = LatencyHistogram(subBucketBits: OperationWindow.sketchBits)
        var errors = 0
    }

    /// Each window is unpacked; these are six hours.
    private static let longest = 360 * TelemetryWindow.length

    let name = "operations"
    let store: BaselineStore

    func rows(in range: Range<UInt64>, limit: Int) async throws -> [Row] {
        var sums: [OperationKey: Sum] = [:]
        var windows = 0
        guard let known = try await store.windowRange() else { return [] }
        let end = min(range.upperBound, known.upperBound + 1)
        let start = max(range.lowerBound, known.lowerBound, end - min(end, OperationFeed.longest))
        guard start < end else { return [] }
        // What cannot be read is counted in `/metrics`; a table of what is left is still true.
        try await store.forEachWindow(in: start..<end, onDamage: { _ in }) { window in
            windows += 1
            for operation in window.operations {
                sums[operation.operation, default: Sum()].total.merge(operation.total)
                sums[operation.operation, default: Sum()].errors += operation.errors
            }
        }
        let seconds = max(1, Double(windows) * Double(TelemetryWindow.length) / 1e9)
        return sums.sorted { ($0.value.total.count, $1.key) > ($1.value.total.count, $0.key) }.prefix(limit)
            .map { key, sum in
                func milliseconds(_ quantile: Double) -> Double { Double(sum.total.quantile(quantile)) / 1e6 }
                return Row(
                    service: key.service,
                    operation: key.name,
                    kind: key.kind.name,
                    spans: Int(sum.total.count),
                    errors: sum.errors,
                    errorRatio: sum.total.isEmpty ? 0 : Double(sum.errors) / Double(sum.total.count),
                    rate: Double(sum.total.count) / seconds,
                    p50Milliseconds: milliseconds(0.5),
                    p95Milliseconds: milliseconds(0.95),
                    p99Milliseconds: milliseconds(0.99),
                    maximumMilliseconds: Double(sum.total.maximum) / 1e6
                )
            }
    }
}
