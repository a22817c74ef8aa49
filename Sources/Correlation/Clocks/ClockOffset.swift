/// How the clock of one host stands against another's, learnt from calls between them.
package struct ClockOffset: Sendable, Hashable, Codable {
    /// The caller's host, and the callee's: an instance where known, else a service; empty for the load generator.
    package var from: String
    package var to: String
    /// To be added to the callee's times, nanoseconds: negative where the callee's clock is ahead.
    package var offsetNanoseconds: Int64
    /// The true offset lies within this of `offsetNanoseconds`.
    package var uncertaintyNanoseconds: UInt64
    /// Synchronous calls it was learnt from.
    package var calls: Int
    /// Share of those calls that agree with it, 0...1.
    package var agreement: Double

    package init(
        from: String,
        to: String,
        offsetNanoseconds: Int64,
        uncertaintyNanoseconds: UInt64,
        calls: Int,
        agreement: Double
    ) {
        self.from = from
        self.to = to
        self.offsetNanoseconds = offsetNanoseconds
        self.uncertaintyNanoseconds = uncertaintyNanoseconds
        self.calls = calls
        self.agreement = agreement
    }

    /// Whether the clocks agree as far as can be told, so that nothing was corrected.
    package var isZero: Bool { offsetNanoseconds == 0 }
}
