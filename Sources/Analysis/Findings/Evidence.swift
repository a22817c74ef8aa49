package import Telemetry

/// What supports a finding.
///
/// Every number names its unit in its key (`…Ms`, `…Ratio`, `…Count`).
package struct Evidence: Sendable, Hashable, Codable {
    package var numbers: [String: Double]
    /// Closest to the current median, the worst, and a baseline trace of the same kind.
    package var typicalTraceID: TraceID?
    package var worstTraceID: TraceID?
    package var baselineTraceID: TraceID?
    package var baselineTraces: Int
    package var currentTraces: Int
    /// Share of the endpoint's slowdown that this explains; `nil` without a baseline.
    package var explainedShare: Double?

    package init(
        numbers: [String: Double] = [:],
        typicalTraceID: TraceID? = nil,
        worstTraceID: TraceID? = nil,
        baselineTraceID: TraceID? = nil,
        baselineTraces: Int = 0,
        currentTraces: Int = 0,
        explainedShare: Double? = nil
    ) {
        self.numbers = numbers
        self.typicalTraceID = typicalTraceID
        self.worstTraceID = worstTraceID
        self.baselineTraceID = baselineTraceID
        self.baselineTraces = baselineTraces
        self.currentTraces = currentTraces
        self.explainedShare = explainedShare
    }
}
