package import Statistics
package import Telemetry

/// One node of the path tree: an operation reached by one chain of callers.
///
/// Repeated siblings are one node.
package struct PathProfile: Sendable, Hashable, Codable {
    package var frame: PathFrame
    /// Index of the caller in `EndpointProfile.paths`; `nil` for the first.
    package var parent: Int?
    /// Literal-free query text of a database operation.
    package var statement: String?
    /// Traces in which it occurs, and calls over all traces.
    package var traces: Int
    package var calls: Int
    /// Calls that are the origin of an error, by error class.
    package var originErrors: [String: Int]
    /// Calls that ended in an error, origin or not.
    package var errors: Int
    /// Sums over all traces, nanoseconds: time on the critical path spent in the operation itself, time not covered
    /// by its children, whole duration, and start of each call relative to the request's sending (divide by `calls`).
    package var criticalNanoseconds: UInt64
    package var selfNanoseconds: UInt64
    package var totalNanoseconds: UInt64
    package var startOffsetNanoseconds: UInt64
    /// `criticalNanoseconds` of the traces of the tail cohort alone; `nil` where there is no cohort.
    package var tailNanoseconds: UInt64?
    /// `criticalNanoseconds` of the failed requests alone; `nil` where none failed.
    package var failedNanoseconds: UInt64?
    /// Critical time per trace in which the path occurs.
    package var critical: LatencyHistogram
    /// Duration per call.
    package var callDuration: LatencyHistogram
    /// A typical trace (nearest to the median critical time) and the worst.
    package var typicalTraceID: TraceID?
    package var worstTraceID: TraceID?

    package init(frame: PathFrame, parent: Int?) {
        self.frame = frame
        self.parent = parent
        statement = nil
        traces = 0
        calls = 0
        originErrors = [:]
        errors = 0
        criticalNanoseconds = 0
        selfNanoseconds = 0
        totalNanoseconds = 0
        startOffsetNanoseconds = 0
        critical = LatencyHistogram()
        callDuration = LatencyHistogram()
        typicalTraceID = nil
        worstTraceID = nil
    }
}
