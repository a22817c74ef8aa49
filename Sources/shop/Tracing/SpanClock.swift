import Glibc

/// Unix time for span starts, which all processes of a machine share, and steady time for how long a span took.
enum SpanClock {
    struct Start: Sendable {
        fileprivate let unix: UInt64
        fileprivate let steady: UInt64

        /// Unix nanoseconds; the end is never before the start, whatever happened to the wall clock.
        func interval() -> (start: UInt64, end: UInt64) {
            (unix, unix + (SpanClock.read(CLOCK_MONOTONIC) - steady))
        }
    }

    static func now() -> Start {
        Start(unix: read(CLOCK_REALTIME), steady: read(CLOCK_MONOTONIC))
    }

    private static func read(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
