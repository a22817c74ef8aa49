import Glibc

/// The one clock of the load engine: nanoseconds since boot, never set back.
package enum MonotonicClock {
    package static func now() -> UInt64 { read(CLOCK_MONOTONIC) }

    /// CPU time of the calling thread, nanoseconds.
    package static func threadCPU() -> UInt64 { read(CLOCK_THREAD_CPUTIME_ID) }

    /// What to add to `now()` to get Unix nanoseconds, as of this call.
    ///
    /// The tightest of a few readings, so that a preempted thread does not skew it.
    package static func unixOffset() -> UInt64 {
        var best = UInt64.max
        var offset: UInt64 = 0
        for _ in 0..<5 {
            let before = now()
            let unix = read(CLOCK_REALTIME)
            let after = now()
            if after - before < best {
                best = after - before
                offset = unix &- (before + best / 2)
            }
        }
        return offset
    }

    private static func read(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
