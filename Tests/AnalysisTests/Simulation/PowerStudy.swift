import Foundation

@testable import Analysis

/// Twenty slower operations among two hundred: how many are found, and how many of what is found are right.
struct PowerStudy {
    /// Share of the slower operations that are significant after Benjamini and Hochberg.
    private(set) var found: [String: Double] = [:]
    /// Share of them that are called a regression: a practical effect, and more likely true than not.
    private(set) var called: [String: Double] = [:]
    /// Largest share of wrong ones among what was significant, and among what was called a regression.
    private(set) var falseDiscoveries = 0.0
    private(set) var falseRegressions = 0.0
    /// Of operations slower by 5 %, from three runs: the share left undecided, and the share called unchanged.
    private(set) var unsureOfFive = 0.0
    private(set) var clearedOfFive = 0.0

    private static let slower = 20

    init(repetitions: Int) {
        for runs in [1, 3] {
            let suffix = ", \(runs) run\(runs == 1 ? "" : "s")"
            for percent in [5, 10, 25] {
                var simulation = SummarySimulation()
                simulation.runs = runs
                let change = log(1 + Double(percent) / 100)
                simulation.effect = { $0 < PowerStudy.slower ? change : 0 }
                let estimates = estimates(simulation, repetitions: repetitions, "location +\(percent) %\(suffix)")
                if runs == 3, percent == 5 {
                    unsureOfFive = PowerStudy.share(of: estimates, .inconclusive)
                    clearedOfFive = PowerStudy.share(of: estimates, .noChange)
                }
            }
            // What the tables of the statistics count: the location test by itself.
            var alone = SummarySimulation()
            alone.runs = runs
            alone.hasTail = false
            alone.effect = { $0 < PowerStudy.slower ? log(1.10) : 0 }
            _ = estimates(alone, repetitions: repetitions, "location alone +10 %\(suffix)")
            var simulation = SummarySimulation()
            simulation.runs = runs
            simulation.tailEffect = { $0 < PowerStudy.slower ? log(1.25) : 0 }
            _ = estimates(simulation, repetitions: repetitions, "tail +25 %\(suffix)")
        }
    }

    /// Those of the slower operations; notes power and false discoveries under a name.
    private mutating func estimates(
        _ simulation: SummarySimulation,
        repetitions: Int,
        _ name: String
    ) -> [ChangeEstimate] {
        let comparisons = (0..<repetitions).map { simulation.comparison(seed: UInt64(7_000 + $0)) }
        let slower = comparisons.flatMap { $0.prefix(PowerStudy.slower) }
        found[name] = Double(slower.count { $0.isSignificant }) / Double(max(1, slower.count))
        called[name] = PowerStudy.share(of: slower, .regression)
        falseDiscoveries = max(falseDiscoveries, PowerStudy.wrongShare(comparisons) { $0.isSignificant })
        falseRegressions = max(falseRegressions, PowerStudy.wrongShare(comparisons) { $0.decision == .regression })
        return slower
    }

    /// Among all discoveries of comparisons that made enough of them for a share to say anything.
    private static func wrongShare(_ comparisons: [[ChangeEstimate]], _ isFound: (ChangeEstimate) -> Bool) -> Double {
        let right = comparisons.reduce(0) { $0 + $1.prefix(slower).count(where: isFound) }
        let wrong = comparisons.reduce(0) { $0 + $1.dropFirst(slower).count(where: isFound) }
        return right + wrong < 8 * comparisons.count ? 0 : Double(wrong) / Double(right + wrong)
    }

    private static func share(of estimates: [ChangeEstimate], _ decision: ChangeDecision) -> Double {
        Double(estimates.count { $0.decision == decision }) / Double(max(1, estimates.count))
    }

    func report(isAsked: Bool) {
        guard isAsked else { return }
        print("EVAL power: significant after Benjamini-Hochberg, called a regression")
        for (name, share) in found.sorted(by: { $0.key < $1.key }) {
            print("EVAL   \(name): \(share) \(called[name] ?? 0)")
        }
        print(
            "FIGURES \"power_10_alone_r3\":\(found["location alone +10 %, 3 runs"] ?? 0),"
                + "\"power_10_r3\":\(found["location +10 %, 3 runs"] ?? 0),"
                + "\"power_25_r3\":\(found["location +25 %, 3 runs"] ?? 0),"
                + "\"power_tail_25_r3\":\(found["tail +25 %, 3 runs"] ?? 0),"
                + "\"power_tail_25_r1\":\(found["tail +25 %, 1 run"] ?? 0),"
                + "\"power_10_r1\":\(found["location +10 %, 1 run"] ?? 0),"
                + "\"power_25_r1\":\(found["location +25 %, 1 run"] ?? 0),"
                + "\"called_10_r3\":\(called["location +10 %, 3 runs"] ?? 0),"
                + "\"fdr\":\(falseDiscoveries),\"fdr_called\":\(falseRegressions),\"five_inconclusive\":\(unsureOfFive),\"five_cleared\":\(clearedOfFive)"
        )
    }
}

extension ChangeEstimate {
    fileprivate var isSignificant: Bool { (q ?? 1) <= ComparisonSettings().falseDiscoveryRate }
}
