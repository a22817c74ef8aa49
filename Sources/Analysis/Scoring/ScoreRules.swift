import Glibc

/// The score of each component, 0...1, as the table of `spec/contract.md` section 2 has it.
enum ScoreRules {
    /// "1 while p95 ≤ limit, then linear to 0 at 2 × limit".
    static func latency(measured: Double, limit: Double) -> Double {
        falling(measured, from: limit, to: 2 * limit)
    }

    /// "1 while achieved ≥ rpsMin, else (achieved / rpsMin)⁴".
    static func throughput(achieved: Double, minimum: Double) -> Double {
        achieved >= minimum ? 1 : pow(max(0, achieved) / minimum, 4)
    }

    /// "1 while ≤ limit, linear to 0 at 5 % (at 2 × limit where the limit is ≥ 2.5 %)".
    static func errors(rate: Double, limit: Double) -> Double {
        falling(rate, from: limit, to: limit >= 0.025 ? 2 * limit : 0.05)
    }

    /// "CPU: 1 to 90 %, linear to 0 at 100 %".
    static func cpu(share: Double) -> Double { falling(share, from: 0.90, to: 1) }

    /// "memory: 1 to 85 % of quota, linear to 0 at 100 %".
    static func memory(share: Double) -> Double { falling(share, from: 0.85, to: 1) }

    /// "0.9 for p95 change within 0…+20 %, rising to 1 at −10 % or better, falling linearly to 0 at +100 %".
    static func baselineDelta(change: Double) -> Double {
        if change < 0 { return min(1, 0.9 + 0.1 * (-change / 0.10)) }
        return 0.9 * falling(change, from: 0.20, to: 1)
    }

    private static func falling(_ value: Double, from best: Double, to worst: Double) -> Double {
        if value <= best { return 1 }
        return value >= worst ? 0 : (worst - value) / (worst - best)
    }
}
