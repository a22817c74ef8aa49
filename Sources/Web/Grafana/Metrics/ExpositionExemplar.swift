import Telemetry

/// A trace that a bucket's count is made of.
struct ExpositionExemplar: Hashable {
    var traceID: TraceID
    /// Seconds.
    var value: Double
    /// Unix nanoseconds.
    var time: UInt64
}
