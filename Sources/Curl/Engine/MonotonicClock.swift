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

    /// The instant that was `unix` nanoseconds after 1970, not long ago; now when that lies in the future.
    ///
    /// Both clocks are read here, one right after the other: whatever lay between them would be taken off the answer.
    static func instant(ofUnix unix: UInt64) -> UInt64 {
        let age = Int64(bitPattern: read(CLOCK_REALTIME) &- unix)
        let present = now()
        return age > 0 ? present - min(present, UInt64(age)) : present
    }

    private static func read(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
