/// One flow between its arrival and its end.
struct FlowInProgress {
    let arrival: Arrival
    /// The step that runs or is due next.
    var step = 0
    /// When the current step became due, `MonotonicClock` nanoseconds.
    var stepDueAt: UInt64
    /// When the first step was sent.
    var sentAt: UInt64 = 0
    /// When the current step was sent.
    var stepSentAt: UInt64 = 0
    /// Whether the current step went out.
    var isStepSent: Bool { stepSentAt > 0 && stepSentAt >= stepDueAt }
    /// Think time so far, nanoseconds; no part of the flow's latency.
    var thoughtFor: UInt64 = 0
    /// By the recipe's index; empty until captured.
    var variables: [[UInt8]]
    /// In libcurl's own lines.
    var cookies: [String] = []
}
