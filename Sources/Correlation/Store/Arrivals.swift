/// What a trace store has seen so far, cheap enough to poll while draining.
package struct Arrivals: Sendable, Hashable {
    /// Spans of this run's traces, kept or not.
    package var spans = 0
    /// Those of them whose parent is the generator's own client span: one a request, unless a sender repeats itself.
    package var roots = 0
    /// Spans of traces that are not ours.
    package var foreign = 0
    /// Spans of this run's traces that found no room.
    package var evicted = 0
    /// When the last span of this run's traces came.
    package var lastArrival: ContinuousClock.Instant?

    package init() {}
}
