import Glibc

/// The system's time of day, which may be set back; for durations take a monotonic clock.
///
/// What decides by time takes it as an argument; this is what the edges pass.
package enum WallClock {
    /// Unix nanoseconds; 0 before 1970.
    package static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        guard time.tv_sec >= 0 else { return 0 }
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
