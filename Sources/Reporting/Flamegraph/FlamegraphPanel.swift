import Analysis
import Correlation
import Statistics

/// One endpoint's flamegraph with its heading.
struct FlamegraphPanel {
    var title: String
    /// Short lines below the title: the numbers with which a reader can check the picture.
    var notes: [String]
    var tree: FlamegraphTree
    var isDiff: Bool

    /// `nil` without complete traces.
    static func profile(of test: TestReport) -> FlamegraphPanel? {
        guard test.profile.traces > 0, !test.profile.paths.isEmpty else { return nil }
        let tree = FlamegraphTree(test.profile)
        guard tree.total > 0 else { return nil }
        let mean = test.profile.duration.mean / 1e6
        return FlamegraphPanel(
            title: PlainText.clean(test.name, limit: 120),
            notes: [
                "critical-path time per request, \(Quantity.count(test.profile.traces)) complete traces",
                "frames sum to \(exact(tree.total)), mean duration is \(exact(mean))",
                completeness(of: test),
            ],
            tree: tree,
            isDiff: false
        )
    }

    /// `nil` without complete traces or without a baseline.
    static func difference(of test: TestReport) -> FlamegraphPanel? {
        guard let comparison = test.comparison, test.profile.traces > 0, comparison.baselineProfile.traces > 0 else {
            return nil
        }
        let tree = FlamegraphTree(test.profile, against: comparison)
        guard tree.total > 0 || tree.totalBefore > 0 else { return nil }
        let delta = Quantity.signedMilliseconds(tree.total - tree.totalBefore)
        var notes = [
            "before \(exact(tree.totalBefore)), after \(exact(tree.total)) per request (\(delta))",
            "traces: \(Quantity.count(comparison.baselineProfile.traces)) before, "
                + "\(Quantity.count(test.profile.traces)) after; width is the larger",
            completeness(of: test),
        ]
        if let reason = comparison.notComparable {
            notes.append("not comparable, so nothing is coloured: " + PlainText.clean(reason, limit: 160))
        }
        return FlamegraphPanel(title: PlainText.clean(test.name, limit: 120), notes: notes, tree: tree, isDiff: true)
    }

    private static func exact(_ milliseconds: Double) -> String { NumberText.fixed(milliseconds, decimals: 3) + " ms" }

    private static func completeness(of test: TestReport) -> String {
        let coverage = test.completeness.coverage.map { Quantity.coverage($0) } ?? "none"
        let excluded = test.profile.excludedTraces
        return "coverage \(coverage)" + (excluded > 0 ? ", \(Quantity.count(excluded)) traces left out as unclear" : "")
    }
}
