import Correlation
import Statistics
import Telemetry

/// One test of a compared run, with the questions detectors ask of it.
struct ComparedTest: Sendable {
    let test: CorrelatedTest
    /// `nil` without a baseline, or where nothing may be concluded about paths.
    let comparison: EndpointComparison?
    /// Comparison of each path of `profile` by index; empty without a comparison.
    private let changes: [Int: PathComparison]

    init(test: CorrelatedTest, comparison: EndpointComparison?) {
        self.test = test
        let usable = comparison?.notComparable == nil ? comparison : nil
        self.comparison = usable
        let pairs = (usable?.paths ?? []).compactMap { path in path.current.map { ($0, path) } }
        changes = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    var profile: EndpointProfile { test.profile }
    var endpoint: String { test.name }

    /// Mean and p95 of the client-side duration of complete traces, milliseconds.
    var meanMilliseconds: Double { profile.duration.mean / 1e6 }
    var p95Milliseconds: Double { Double(profile.duration.quantile(0.95)) / 1e6 }

    func change(of path: Int) -> PathComparison? { changes[path] }

    /// Critical time of a path per request, milliseconds; requests without the path count as 0.
    func criticalMilliseconds(of path: Int) -> Double {
        profile.traces == 0 ? 0 : Double(profile.paths[path].criticalNanoseconds) / Double(profile.traces) / 1e6
    }

    /// The same as a share of the endpoint's mean, 0...1.
    func criticalShare(of path: Int) -> Double {
        meanMilliseconds > 0 ? criticalMilliseconds(of: path) / meanMilliseconds : 0
    }

    /// Calls of a path per request.
    func calls(of path: Int) -> Double {
        profile.traces == 0 ? 0 : Double(profile.paths[path].calls) / Double(profile.traces)
    }

    /// Sums a quantity over each path and everything below it.
    func subtreeSums(_ value: (Int) -> Double) -> [Double] {
        var sums = profile.paths.indices.map(value)
        // Parents stand before their children, so going backwards every sum is complete when it is handed up.
        for index in profile.paths.indices.reversed() {
            if let parent = profile.paths[index].parent { sums[parent] += sums[index] }
        }
        return sums
    }

    /// Who serves the other end of an edge: the operation it leads to; for the request itself, the target's first.
    func callee(of edge: Int) -> OperationKey {
        let frame = profile.paths[edge].frame
        guard frame.synthetic == .client else { return frame.operation }
        let first = profile.paths.first { $0.parent == edge && $0.frame.synthetic == nil }
        return first?.frame.operation ?? frame.operation
    }
}

extension ComparedRun {
    var comparedTests: [ComparedTest] {
        if let prepared { return prepared.tests }
        return run.tests.enumerated().map { index, test in
            ComparedTest(test: test, comparison: comparisons.indices.contains(index) ? comparisons[index] : nil)
        }
    }
}
