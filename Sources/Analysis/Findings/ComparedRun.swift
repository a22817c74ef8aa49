package import Correlation

/// A correlated run beside its baseline: the input of every detector.
package struct ComparedRun: Sendable {
    package var run: CorrelatedRun
    /// One a test of the run, in the same order; `nil` where there is no baseline.
    package var comparisons: [EndpointComparison?]
    /// What the target's services used during the run; empty where no metrics told.
    package var resources: [ResourceSeries]

    /// What the services did call by call, before and now; `nil` where the time before is known in sums alone.
    package var activity: (before: WindowActivity, after: WindowActivity)?

    /// `nil` until `preparedForDetectors`.
    var prepared: Prepared?

    package init(
        run: CorrelatedRun,
        comparisons: [EndpointComparison?],
        resources: [ResourceSeries] = [],
        activity: (before: WindowActivity, after: WindowActivity)? = nil
    ) {
        self.run = run
        self.comparisons = comparisons
        self.resources = resources
        self.activity = activity
    }
}
