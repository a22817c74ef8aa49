import Foundation

@testable import Analysis

/// Equal runs over the grid of the evaluation plan: how often chance alone is taken for a change.
struct EqualRunsStudy {
    struct Tally {
        var operations = 0
        var below = 0
        var comparisons = 0
        var failing = 0
        var warning = 0

        /// Of operations, whose one-sided p-value is below 0.05.
        var rate: Double { Double(below) / Double(max(1, operations)) }
        /// Of comparisons: with a regression that fails a run, or with one that is at least warned of.
        var failShare: Double { Double(failing) / Double(max(1, comparisons)) }
        var warnShare: Double { Double(warning) / Double(max(1, comparisons)) }

        mutating func add(_ estimates: [ChangeEstimate]) {
            operations += estimates.count
            below += estimates.count { ($0.p ?? 1) < 0.05 }
            comparisons += 1
            if estimates.contains(where: { $0.decision == .regression && $0.confidence >= 0.8 }) { failing += 1 }
            if estimates.contains(where: { $0.confidence >= 0.5 }) { warning += 1 }
        }

        mutating func merge(_ other: Tally) {
            operations += other.operations
            below += other.below
            comparisons += other.comparisons
            failing += other.failing
            warning += other.warning
        }
    }

    /// By one value of one parameter, over all values of the others.
    private(set) var levels: [String: Tally] = [:]
    private(set) var cells: [String: Tally] = [:]
    private(set) var total = Tally()

    init(perCell: Int) {
        var seed: UInt64 = 1
        for deviation in [0, 0.02, 0.05, 0.10] {
            for correlation in [0, 0.5, 0.9] {
                for shape in LogShape.all {
                    for requests in [100, 500, 2_000] {
                        var simulation = SummarySimulation()
                        simulation.runDeviation = deviation
                        simulation.correlation = correlation
                        simulation.shape = shape
                        simulation.requests = requests
                        var tally = Tally()
                        for _ in 0..<perCell {
                            tally.add(simulation.comparison(seed: seed))
                            seed += 1
                        }
                        total.merge(tally)
                        let names = [
                            "τ \(Int(100 * deviation)) %", "φ \(correlation)", shape.name, "n \(requests)",
                        ]
                        for name in names { levels[name, default: Tally()].merge(tally) }
                        cells[names.joined(separator: ", ")] = tally
                    }
                }
            }
        }
    }

    func report(isAsked: Bool) {
        guard isAsked else { return }
        print("EVAL equal runs: share of p < 0.05, of comparisons that fail, that warn")
        for (name, tally) in levels.sorted(by: { $0.key < $1.key }) {
            print("EVAL   \(name): \(tally.rate) \(tally.failShare) \(tally.warnShare) of \(tally.comparisons)")
        }
        let rates = cells.values.map(\.rate)
        let (least, most) = (rates.min() ?? 0, rates.max() ?? 0)
        let outside = cells.filter { !(0.03...0.07).contains($0.value.rate) }
        for (name, tally) in outside.sorted(by: { $0.key < $1.key }) { print("EVAL   outside: \(name): \(tally.rate)") }
        print(
            "FIGURES \"aa_comparisons\":\(total.comparisons),\"aa_rate\":\(total.rate),\"aa_rate_least_cell\":\(least),"
                + "\"aa_rate_most_cell\":\(most),\"aa_cells_outside\":\(outside.count),"
                + "\"aa_fail\":\(total.failShare),\"aa_warn\":\(total.warnShare)"
        )
    }
}
