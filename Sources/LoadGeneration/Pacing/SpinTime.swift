/// How long a worker polls instead of sleeping before an arrival is due, since a sleeping thread wakes up late.
enum SpinTime {
    /// Nanoseconds for a gap to the arrival before: a fortieth of it, 50 µs at most, so that spinning costs little CPU at
    /// any rate.
    static func before(gap: UInt64) -> UInt64 { min(50_000, gap / 40) }
}
