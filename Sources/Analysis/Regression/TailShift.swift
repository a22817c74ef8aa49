package import Correlation

/// What one path adds to slow requests, before and now: milliseconds of critical-path time a request of the tail cohort.
///
/// Not tested by itself: the cohort is a tenth of the traces. All paths together sum to the change of the cohort's mean.
package struct TailShift: Sendable, Hashable, Codable {
    package var before: Double
    package var after: Double

    package init(before: Double, after: Double) {
        self.before = before
        self.after = after
    }

    package var delta: Double { after - before }

    /// `nil` where one side has no tail cohort; a path that a side lacks took no time there.
    package init?(
        of path: (before: PathProfile?, after: PathProfile?),
        in profiles: (before: EndpointProfile, after: EndpointProfile)
    ) {
        guard let tracesBefore = profiles.before.tailTraces, let tracesAfter = profiles.after.tailTraces,
            tracesBefore > 0, tracesAfter > 0
        else { return nil }
        before = Double(path.before?.tailNanoseconds ?? 0) / Double(tracesBefore) / 1e6
        after = Double(path.after?.tailNanoseconds ?? 0) / Double(tracesAfter) / 1e6
    }
}
