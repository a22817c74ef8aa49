import Analysis
import Correlation
import Statistics
import Telemetry

/// One path of the call tree with its part of the critical path, in the order in which a request meets it.
///
/// Milliseconds, means per request.
struct PathSummary {
    /// Index into the profile's paths.
    var index: Int
    var depth: Int
    var path: PathProfile
    var mean: Double
    /// Of the endpoint's critical path, 0...1.
    var share: Double
    var callsPerRequest: Double
    /// Share of traces in which the path occurs, 0...1.
    var presence: Double
    /// `nil` without a baseline.
    var comparison: PathComparison?

    /// Depth first, siblings by mean start offset: the order of the flamegraph.
    static func ordered(_ test: TestReport) -> [PathSummary] {
        let profile = test.profile
        let traces = Double(max(1, profile.traces))
        let total = Double(profile.paths.reduce(0) { $0 + $1.criticalNanoseconds })
        var comparisons: [Int: PathComparison] = [:]
        for path in test.comparison?.paths ?? [] {
            if let current = path.current { comparisons[current] = path }
        }
        return ProfileTree(profile).preorder.map { index, depth in
            let path = profile.paths[index]
            return PathSummary(
                index: index,
                depth: depth,
                path: path,
                mean: Double(path.criticalNanoseconds) / traces / 1e6,
                share: total > 0 ? Double(path.criticalNanoseconds) / total : 0,
                callsPerRequest: Double(path.calls) / traces,
                presence: Double(path.traces) / traces,
                comparison: comparisons[index]
            )
        }
    }
}
