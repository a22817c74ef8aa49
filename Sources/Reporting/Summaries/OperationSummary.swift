import Analysis
import Correlation
import Statistics
import Telemetry

/// One operation of a test over all paths that reach it, beside its baseline.
///
/// Times are milliseconds; `…PerRequest` are means over the complete traces of the endpoint.
struct OperationSummary {
    var frame: PathFrame
    var statement: String?
    var calls = 0
    var errors = 0
    var totalPerRequest = 0.0
    var selfPerRequest = 0.0
    var criticalPerRequest = 0.0
    var callsPerRequest = 0.0
    /// Share of the endpoint's critical path, 0...1.
    var share = 0.0
    var callDuration = LatencyHistogram()
    /// `nil` without a baseline.
    var criticalBefore: Double?
    var callsBefore: Double?
    /// Of the path with the largest change; `nil` without a baseline.
    var change: PathComparison?

    var delta: Double? { criticalBefore.map { criticalPerRequest - $0 } }

    /// Most critical-path time first; operations that only the baseline has come with zero now.
    static func table(of test: TestReport) -> [OperationSummary] {
        var rows: [PathFrame: OperationSummary] = [:]
        let traces = Double(max(1, test.profile.traces))
        let total = Double(test.profile.paths.reduce(0) { $0 + $1.criticalNanoseconds })
        for path in test.profile.paths {
            var row = rows[path.frame] ?? OperationSummary(frame: path.frame)
            row.statement = row.statement ?? path.statement
            row.calls += path.calls
            row.errors += path.errors
            row.totalPerRequest += Double(path.totalNanoseconds) / traces / 1e6
            row.selfPerRequest += Double(path.selfNanoseconds) / traces / 1e6
            row.criticalPerRequest += Double(path.criticalNanoseconds) / traces / 1e6
            row.callsPerRequest += Double(path.calls) / traces
            row.share += total > 0 ? Double(path.criticalNanoseconds) / total : 0
            row.callDuration.merge(path.callDuration)
            rows[path.frame] = row
        }
        if let comparison = test.comparison {
            addBaseline(comparison, to: &rows)
        }
        return rows.values.sorted {
            ($1.criticalPerRequest, $0.frame.label, $0.frame.operation)
                < ($0.criticalPerRequest, $1.frame.label, $1.frame.operation)
        }
    }

    private static func addBaseline(_ comparison: EndpointComparison, to rows: inout [PathFrame: OperationSummary]) {
        let traces = Double(max(1, comparison.baselineProfile.traces))
        for frame in rows.keys {
            rows[frame]?.criticalBefore = 0
            rows[frame]?.callsBefore = 0
        }
        for path in comparison.baselineProfile.paths {
            var row = rows[path.frame] ?? OperationSummary(frame: path.frame, statement: path.statement)
            row.criticalBefore = (row.criticalBefore ?? 0) + Double(path.criticalNanoseconds) / traces / 1e6
            row.callsBefore = (row.callsBefore ?? 0) + Double(path.calls) / traces
            rows[path.frame] = row
        }
        for path in comparison.paths {
            guard let frame = path.stack.last, let row = rows[frame] else { continue }
            if path.critical.delta.magnitude > row.change?.critical.delta.magnitude ?? -1 {
                rows[frame]?.change = path
            }
        }
    }
}
