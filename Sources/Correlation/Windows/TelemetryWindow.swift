/// What a minute showed of every operation: the unit that the service stores, compares and forgets.
///
/// Values only; windows of the same length merge by adding up.
package struct TelemetryWindow: Sendable, Hashable {
    /// Nanoseconds of a window.
    package static let length: UInt64 = 60_000_000_000
    /// Nanoseconds of one of the bins that a window is divided into.
    package static let binLength: UInt64 = 10_000_000_000

    /// Unix nanoseconds, a multiple of `length`.
    package var start: UInt64
    /// Traces that began in it.
    package var traces: Int
    package var spans: Int
    /// Spans that came when their window was closed already: counted here, in no sketch.
    package var lateSpans: Int
    /// Spans that found no room in memory.
    package var droppedSpans: Int
    /// In order of operation and version; one a version that was seen.
    package var operations: [OperationWindow]
    /// Critical paths of all its traces; parents stand before their children.
    package var paths: [PathWindow]

    package init(
        start: UInt64,
        traces: Int = 0,
        spans: Int = 0,
        lateSpans: Int = 0,
        droppedSpans: Int = 0,
        operations: [OperationWindow] = [],
        paths: [PathWindow] = []
    ) {
        self.start = start
        self.traces = traces
        self.spans = spans
        self.lateSpans = lateSpans
        self.droppedSpans = droppedSpans
        self.operations = operations
        self.paths = paths
    }
}
