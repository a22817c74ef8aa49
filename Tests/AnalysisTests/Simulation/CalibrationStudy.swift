import Foundation

@testable import Analysis

/// Whether of the operations that are said to be slower with confidence c, a share c is.
///
/// As in `spec/statistics.md`, E8: one in ten is slower, by 10 or 25 %, between runs 3 %, 1,000 requests, 10 runs
/// before and 3 now.
struct CalibrationStudy {
    struct Bin {
        var lower: Double
        var count = 0
        var slower = 0
        var sum = 0.0

        var claimed: Double { sum / Double(max(1, count)) }
        var observed: Double { Double(slower) / Double(max(1, count)) }
    }

    private(set) var bins = [0, 0.2, 0.5, 0.8, 0.9, 0.95, 0.99].map { Bin(lower: $0) }
    private(set) var brier = 0.0

    init(repetitions: Int) {
        var simulation = SummarySimulation()
        simulation.runDeviation = 0.03
        simulation.requests = 1_000
        simulation.runs = 3
        simulation.effect = { $0 < 10 ? log(1.10) : $0 < 20 ? log(1.25) : 0 }
        var count = 0
        for repetition in 0..<repetitions {
            for (operation, estimate) in simulation.comparison(seed: UInt64(90_000 + repetition)).enumerated() {
                let isSlower = operation < 20
                let error = estimate.confidence - (isSlower ? 1 : 0)
                brier += error * error
                count += 1
                let bin = bins.lastIndex { estimate.confidence >= $0.lower } ?? 0
                bins[bin].count += 1
                bins[bin].sum += estimate.confidence
                if isSlower { bins[bin].slower += 1 }
            }
        }
        brier /= Double(max(1, count))
    }

    func report(isAsked: Bool) {
        guard isAsked else { return }
        print("EVAL confidence: claimed, observed, of")
        for bin in bins { print("EVAL   from \(bin.lower): \(bin.claimed) \(bin.observed) of \(bin.count)") }
        let sure = bins.filter { $0.lower >= 0.8 && $0.count > 0 }
        let gap = sure.map { $0.claimed - $0.observed }.max() ?? 0
        print("FIGURES \"brier\":\(brier),\"worst_overclaim_from_0.8\":\(gap)")
    }
}
