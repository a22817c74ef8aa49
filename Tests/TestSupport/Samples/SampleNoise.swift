/// Seeded, deterministic noise from whole-number arithmetic and division alone, so goldens agree on every machine.
package struct SampleNoise {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    /// SplitMix64 (Steele, Lea, Flood 2014).
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// In 0..<1.
    package mutating func uniform() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

    /// A right-skewed factor with median about 1, as latencies are: most in 0.8...1.4, one in a hundred above 3.
    package mutating func latencyFactor() -> Double {
        let u = uniform()
        return 0.72 + 0.48 * u + 0.022 * u / (1.008 - u)
    }
}
