import Glibc
import Statistics

/// A mean time per request against its baseline: of the endpoint as a whole, or of one path.
struct MeanChange {
    /// Milliseconds per request.
    var before: Double
    var after: Double
    /// Least change that is practical, milliseconds.
    var gate: Double
    /// Milliseconds that `series` has added to the mean before taking the logarithm.
    var offset: Double
    var test: SeriesTest?
    var hypothesis: Hypothesis?
    var baselineRuns: Int

    init(before: Double, after: Double, gate: Double, offset: Double, test: SeriesTest?, baselineRuns: Int) {
        self.before = before
        self.after = after
        self.gate = gate
        self.offset = offset
        self.test = test
        self.baselineRuns = baselineRuns
        hypothesis = test.map { Hypothesis($0) }
    }

    /// - Parameters:
    ///   - settings: the thresholds.
    ///   - isComparable: false makes the decision inconclusive whatever the numbers.
    /// - Returns: what may be concluded after Benjamini-Hochberg.
    func estimate(settings: ComparisonSettings, isComparable: Bool) -> ChangeEstimate {
        var result = ChangeEstimate(before: before, after: after, decision: .inconclusive)
        guard isComparable else { return result }
        guard let test, let hypothesis else {
            // Not tested because it is too small on either side for any change to be practical.
            result.decision = .noChange
            return result
        }
        let low = delta(test.change - test.margin)
        let high = delta(test.change + test.margin)
        if before > 0 {
            result.ratioLow = max(0, 1 + low / before)
            result.ratioHigh = max(0, 1 + high / before)
        }
        result.p = hypothesis.pSlower
        result.q = hypothesis.qSlower
        result.confidence = hypothesis.confidence(baselineRuns: baselineRuns)
        result.decision = hypothesis.decision(
            isPracticallySlower: result.delta >= gate,
            isPracticallyFaster: -result.delta >= gate,
            isEquivalent: high < gate && low > -gate,
            confidence: result.confidence,
            settings: settings
        )
        return result
    }

    private func delta(_ change: Double) -> Double { (before + offset) * (exp(change) - 1) }
}
