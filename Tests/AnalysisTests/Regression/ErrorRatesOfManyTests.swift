import Foundation
import Testing

@testable import Analysis

/// How often the comparison is wrong, over 200 operations at once: items 2 to 4 of the evaluation plan of the statistics.
///
/// A few hundred comparisons here; `scripts/eval-statistics` makes as many as the plan asks for, and prints the figures.
@Suite struct ErrorRatesOfManyTests {
    /// How many times as many comparisons; with a value the figures are printed.
    private static let factor = ProcessInfo.processInfo.environment["PLIMSOLL_EVAL_STATISTICS"].flatMap { Int($0) }

    @Test func `of equal runs one in twenty is below 0.05, and hardly any comparison raises an alarm`() {
        let study = EqualRunsStudy(perCell: ErrorRatesOfManyTests.factor ?? 4)
        study.report(isAsked: ErrorRatesOfManyTests.factor != nil)
        for (level, tally) in study.levels.sorted(by: { $0.key < $1.key }) {
            #expect((0.03...0.07).contains(tally.rate), "\(level): \(tally.rate)")
        }
        #expect(study.total.failShare <= 0.05, "\(study.total.failShare)")
        #expect(study.total.warnShare <= 0.15, "\(study.total.warnShare)")
    }

    @Test func `slower operations are found as often as the plan asks`() {
        let study = PowerStudy(repetitions: 4 * (ErrorRatesOfManyTests.factor ?? 4))
        study.report(isAsked: ErrorRatesOfManyTests.factor != nil)
        // The plan's figure is of the location test by itself; beside the tail, which has its share of the alarms, it is a
        // little less.
        #expect(study.found["location alone +10 %, 3 runs", default: 0] >= 0.75, "\(study.found)")
        #expect(study.found["location +10 %, 3 runs", default: 0] >= 0.70, "\(study.found)")
        #expect(study.found["location +25 %, 3 runs", default: 0] >= 0.98, "\(study.found)")
        #expect(study.found["tail +25 %, 3 runs", default: 0] >= 0.90, "\(study.found)")
        #expect(study.falseDiscoveries <= 0.07, "\(study.falseDiscoveries)")
        #expect(study.unsureOfFive >= 0.90, "\(study.unsureOfFive)")
    }

    @Test func `confidence means what it says`() {
        let study = CalibrationStudy(repetitions: 6 * (ErrorRatesOfManyTests.factor ?? 4))
        study.report(isAsked: ErrorRatesOfManyTests.factor != nil)
        for bin in study.bins where bin.lower >= 0.8 && bin.count >= 20 {
            #expect(bin.observed >= bin.claimed - 0.05, "\(bin)")
        }
        #expect(study.brier <= 0.05, "\(study.brier)")
    }
}
