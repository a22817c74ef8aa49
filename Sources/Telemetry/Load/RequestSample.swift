/// One arrival as the load generator saw it.
///
/// Times are Unix nanoseconds derived from one monotonic clock.
package struct RequestSample: Sendable, Hashable {
    /// Counts all arrivals of a run; the trace id is a keyed bijection of it (`RequestNumbering`).
    package var number: UInt64
    /// Index into the plan's tests.
    package var test: UInt16
    /// Answered HTTP status; 0 when none arrived.
    package var statusCode: UInt16
    package var outcome: RequestOutcome
    /// Index into the flow's steps; 0 where there is no flow.
    package var step: UInt8 = 0
    /// When the schedule wanted it sent.
    ///
    /// Latency counts from here.
    package var scheduledAt: UInt64
    /// When it was handed to libcurl.
    ///
    /// Equal to `scheduledAt` for a dropped arrival.
    package var sentAt: UInt64
    /// Last byte, or the moment of failure.
    package var finishedAt: UInt64

    package init(
        number: UInt64,
        test: UInt16,
        statusCode: UInt16,
        outcome: RequestOutcome,
        scheduledAt: UInt64,
        sentAt: UInt64,
        finishedAt: UInt64
    ) {
        self.number = number
        self.test = test
        self.statusCode = statusCode
        self.outcome = outcome
        self.scheduledAt = scheduledAt
        self.sentAt = sentAt
        self.finishedAt = finishedAt
    }

    /// From the intended start to the last byte, so waiting behind slow requests counts.
    package var latencyNanoseconds: UInt64 { finishedAt > scheduledAt ? finishedAt - scheduledAt : 0 }

    /// From sending to the last byte: what the target alone is answerable for.
    package var serviceNanoseconds: UInt64 { finishedAt > sentAt ? finishedAt - sentAt : 0 }
}
