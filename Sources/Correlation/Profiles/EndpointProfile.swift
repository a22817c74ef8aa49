package import Statistics

/// The critical paths of one endpoint, summed over its complete traces: what a run stores as its span baseline.
///
/// Invariant, exact in nanoseconds: the critical time of all paths sums to the client-side duration of all traces.
package struct EndpointProfile: Sendable, Hashable, Codable {
    package var endpoint: String
    /// Complete traces summed here.
    package var traces: Int
    /// Complete traces left out: their critical path is of low confidence or does not add up.
    package var excludedTraces: Int
    /// Client-side duration from sending to last byte (the service time of the joined requests).
    package var duration: LatencyHistogram
    /// Parents stand before their children; the first is the client side of the request itself.
    package var paths: [PathProfile]
    /// Paths beyond the limit, folded into `<other>` frames.
    package var foldedPaths: Int
    /// The shapes that traces take, most frequent first; `nil` where they were not looked at.
    package var signatures: [StructureSignature]?
    /// A trace whose duration is nearest to the median; `nil` in profiles from before it was kept.
    package var exemplar: ExemplarTrace?
    /// Traces of the tail cohort, from the 90th percentile of duration to the 99.5th; `nil` where there are too few.
    package var tailTraces: Int?
    /// Traces of failed requests; `nil` where none failed.
    package var failedTraces: Int?

    package init(
        endpoint: String,
        traces: Int = 0,
        excludedTraces: Int = 0,
        duration: LatencyHistogram = LatencyHistogram(subBucketBits: 10),
        paths: [PathProfile] = [],
        foldedPaths: Int = 0
    ) {
        self.endpoint = endpoint
        self.traces = traces
        self.excludedTraces = excludedTraces
        self.duration = duration
        self.paths = paths
        self.foldedPaths = foldedPaths
    }

    /// Frames from the root to a path, root first.
    package func stack(to index: Int) -> [PathFrame] {
        var frames: [PathFrame] = []
        var next: Int? = paths.indices.contains(index) ? index : nil
        while let current = next {
            frames.append(paths[current].frame)
            // A parent stands before its children; in a stored report that was changed, nothing is sure.
            next = paths[current].parent.flatMap { (0..<current).contains($0) ? $0 : nil }
        }
        return frames.reversed()
    }
}
