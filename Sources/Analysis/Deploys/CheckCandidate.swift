import Glibc
import Statistics
import Telemetry

/// One thing that was tested: what it is, how much it changed, and what chance alone would make of it.
struct CheckCandidate {
    let operation: Int
    let signal: CheckFinding.Signal
    /// Of the whole duration and not of exclusive time.
    var isWhole = false
    /// Milliseconds, shares, calls a call of the caller.
    let before: Double
    let after: Double
    let ratio: Double?
    var interval: ClosedRange<Double>?
    /// One-sided, that it became no worse.
    let p: Double
    /// Of the logarithm of the ratio; 0 where it has none.
    let standardError: Double
    /// Whether the change is large enough to matter, were it real.
    let isPractical: Bool
    let persistence: CheckFinding.Persistence
    /// What the change costs a request that enters, milliseconds.
    var cost = 0.0
    /// The standard error of that.
    var costError = 0.0
    private(set) var q = 1.0
    private(set) var confidence = 0.0

    /// The error of a log effect that is as unlikely as a p-value says.
    static func standardError(logEffect: Double, p: Double) -> Double {
        let z = NormalDistribution.upperQuantile(min(max(p, 1e-300), 0.5))
        return logEffect > 0 && z > 0.01 ? logEffect / z : 0
    }

    /// Fills in what only all of a check together tell.
    static func adjust(_ candidates: inout [CheckCandidate]) {
        let q = MultipleTesting.benjaminiHochberg(candidates.map(\.p))
        let posterior = PosteriorConfidence.fitted(
            to: candidates.filter { $0.standardError > 0 }.map { (p: $0.p, standardError: $0.standardError) }
        )
        for index in candidates.indices {
            candidates[index].q = q[index]
            candidates[index].confidence = posterior.value(
                p: candidates[index].p,
                standardError: candidates[index].standardError
            )
        }
    }
}
