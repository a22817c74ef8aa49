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
    var weighing = FlamegraphWeighing.critical
    var unit = FlamegraphUnit.millisecondsPerRequest

    /// `nil` without complete traces.
    static func profile(of test: TestReport, weighing: FlamegraphWeighing = .critical) -> FlamegraphPanel? {
        let completeness = completeness(of: test.completeness, in: test.profile)
        return profile(test.profile, named: test.name, completeness: completeness, weighing: weighing)
    }

    /// `nil` where the profile has no time of that kind.
    static func profile(
        _ profile: EndpointProfile,
        named name: String,
        completeness: String,
        weighing: FlamegraphWeighing = .critical
    ) -> FlamegraphPanel? {
        guard profile.traces > 0, !profile.paths.isEmpty else { return nil }
        let tree = FlamegraphTree(profile, weighing: weighing)
        guard tree.total > 0 else { return nil }
        let sum =
            switch weighing {
            case .critical:
                "frames sum to \(exact(tree.total)), mean duration is \(exact(profile.duration.mean / 1e6))"
            case .tail:
                "\(Quantity.count(weighing.traces(in: profile))) requests from the 90th to the 99.5th percentile, "
                    + "mean \(exact(tree.total))"
            case .errors:
                "\(Quantity.count(weighing.traces(in: profile))) failed requests, mean \(exact(tree.total))"
            case .own: "frames sum to \(exact(tree.total)), also what ran beside and nobody waited for"
            }
        return FlamegraphPanel(
            title: PlainText.clean(name, limit: 120) + (weighing == .critical ? "" : ": \(weighing.noun)"),
            notes: [
                "\(weighing.noun) per request, \(Quantity.count(profile.traces)) complete traces", sum, completeness,
            ],
            tree: tree,
            isDiff: false,
            weighing: weighing
        )
    }

    /// `nil` without complete traces or without a baseline.
    static func difference(of test: TestReport) -> FlamegraphPanel? {
        guard let comparison = test.comparison else { return nil }
        let completeness = completeness(of: test.completeness, in: test.profile)
        return difference(of: test.profile, against: comparison, named: test.name, completeness: completeness)
    }

    static func difference(
        of profile: EndpointProfile,
        against comparison: EndpointComparison,
        named name: String,
        completeness: String
    ) -> FlamegraphPanel? {
        guard profile.traces > 0, comparison.baselineProfile.traces > 0 else { return nil }
        let tree = FlamegraphTree(profile, against: comparison)
        guard tree.total > 0 || tree.totalBefore > 0 else { return nil }
        let delta = Quantity.signedMilliseconds(tree.total - tree.totalBefore)
        var notes = [
            "before \(exact(tree.totalBefore)), after \(exact(tree.total)) per request (\(delta))",
            "traces: \(Quantity.count(comparison.baselineProfile.traces)) before, "
                + "\(Quantity.count(profile.traces)) after; width is the larger",
            completeness,
        ]
        if let reason = comparison.notComparable {
            notes.append("not comparable, so nothing is coloured: " + PlainText.clean(reason, limit: 160))
        }
        return FlamegraphPanel(title: PlainText.clean(name, limit: 120), notes: notes, tree: tree, isDiff: true)
    }

    private static func exact(_ milliseconds: Double) -> String { NumberText.fixed(milliseconds, decimals: 3) + " ms" }

    static func completeness(of completeness: Completeness, in profile: EndpointProfile) -> String {
        let coverage = completeness.coverage.map { Quantity.coverage($0) } ?? "none"
        let excluded = profile.excludedTraces
        return "coverage \(coverage)" + (excluded > 0 ? ", \(Quantity.count(excluded)) traces left out as unclear" : "")
    }
}
