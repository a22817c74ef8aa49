/// Work for a processor: a running checksum, as a risk model or a signature would need.
enum Checksum {
    /// Computes for `time`, and returns what came out.
    ///
    /// Bounded by time rather than by rounds, so that it weighs the same in a debug build.
    static func compute(over seed: Int, for time: Duration) -> UInt64 {
        let end = ContinuousClock.now + time
        var sum = UInt64(truncatingIfNeeded: seed) | 1
        repeat {
            for _ in 0..<256 {
                sum ^= sum << 13
                sum ^= sum >> 7
                sum ^= sum << 17
            }
        } while ContinuousClock.now < end
        return sum
    }
}
