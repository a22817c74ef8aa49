package import Telemetry

/// One request and the spans that belong to it.
package struct JoinedTrace: Sendable {
    package var traceID: TraceID
    /// Index into `TestLoad.samples`.
    package var sample: Int
    package var state: TraceState
    /// Rows of `CorrelatedRun.spans`; empty when nothing arrived.
    package var rows: Range<Int>
    /// The span whose parent is the injected client span.
    package var root: Int?

    package init(traceID: TraceID, sample: Int, state: TraceState, rows: Range<Int>, root: Int?) {
        self.traceID = traceID
        self.sample = sample
        self.state = state
        self.rows = rows
        self.root = root
    }
}
