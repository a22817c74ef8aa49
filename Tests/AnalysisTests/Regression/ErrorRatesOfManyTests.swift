import Analysis
import Foundation
import Testing

/// How often the comparison is wrong, over 200 operations at once: the evaluation plan of the statistics.
@Suite struct ErrorRatesOfManyTests {
    @Test(arguments: [ManyOperations.Shape.logNormal, .pareto]) func `equal runs have hardly a regression`(
        shape: ManyOperations.Shape
    ) {
        let model = ManyOperations(runDeviation: 0.03, shape: shape)
        let flagged = model.comparisons(seeds: 1...1).joined().count { $0.p95.decision == .regression }
        // After Benjamini-Hochberg over the comparison, and with the least effect that matters.
        #expect(flagged <= 1, "\(flagged)")
    }

    @Test func `of 60 slower operations among 200 the right ones are found, and the little slower are unsure`() {
        let comparisons = ManyOperations(factor: { $0 < 20 ? 1.5 : $0 < 40 ? 1.25 : $0 < 60 ? 1.05 : 1 })
            .comparisons(seeds: 4...4).joined().map(\.p95)
        func found(_ range: Range<Int>) -> Int { comparisons[range].count { $0.decision == .regression } }
        // Power, from one run of 300 requests against five.
        #expect(found(0..<20) >= 19, "\(found(0..<20)) of 20")
        #expect(found(20..<40) >= 10, "\(found(20..<40)) of 20")
        // False discovery rate, at a nominal 0.05.
        let wrong = found(60..<200)
        #expect(Double(wrong) <= 0.07 * Double(wrong + found(0..<60)), "\(wrong)")
        let little = comparisons[40..<60]
        #expect(little.count { $0.decision == .inconclusive } >= 18, "\(little.map(\.decision))")
        // Confidence means what it says.
        let sure = comparisons.enumerated().filter { $0.element.confidence >= 0.8 }
        #expect(sure.count >= 15 && Double(sure.count { $0.offset < 60 }) >= 0.95 * Double(sure.count))
        let brier = comparisons.enumerated().reduce(0.0) { sum, entry in
            // Five percent is on neither side of what counts as slower.
            (40..<60).contains(entry.offset)
                ? sum : sum + pow(entry.element.confidence - (entry.offset < 40 ? 1 : 0), 2)
        }
        #expect(brier / 180 <= 0.05, "\(brier / 180)")
    }
}
