package import Telemetry

/// A shape of traces: which paths occur in them, however often.
package struct StructureSignature: Sendable, Hashable, Codable {
    /// Indices into `EndpointProfile.paths`, in order.
    package var paths: [Int]
    package var traces: Int
    /// Client-side durations of these traces, summed.
    package var durationNanoseconds: UInt64
    /// One of them.
    package var traceID: TraceID?

    package init(paths: [Int], traces: Int, durationNanoseconds: UInt64, traceID: TraceID?) {
        self.paths = paths
        self.traces = traces
        self.durationNanoseconds = durationNanoseconds
        self.traceID = traceID
    }
}
