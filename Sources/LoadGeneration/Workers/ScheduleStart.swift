/// When a schedule starts, on the monotonic clock and as Unix nanoseconds.
package struct ScheduleStart: Sendable, Hashable {
    package var monotonic: UInt64
    package var unix: UInt64

    package init(monotonic: UInt64, unix: UInt64) {
        self.monotonic = monotonic
        self.unix = unix
    }

    func unix(_ instant: UInt64) -> UInt64 { unix &+ (instant &- monotonic) }
}
