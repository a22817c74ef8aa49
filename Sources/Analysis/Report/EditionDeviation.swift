/// How far a test of one edition lies from the same test of the edition it is compared with, run just before.
///
/// Information, not a verdict: editions may differ on purpose, and each has limits and baselines of its own.
package struct EditionDeviation: Sendable, Hashable, Codable {
    /// The edition compared with, and its run.
    package var edition: String
    package var runID: String
    /// Client-observed p95 from the intended start, milliseconds; before is the other edition's.
    package var p95: ChangeEstimate
    /// Wanted rate of this edition over the other's; `nil` where one of them has no rate.
    package var rateRatio: Double?
    /// Why the two may not be compared, as for a baseline; `nil` when they may.
    package var notComparable: String?
    /// Who makes the difference, where somebody can be named.
    package var culprit: Culprit?

    /// Compares a test with the same test of another edition.
    ///
    /// - Parameters:
    ///   - comparison: of this edition's test, with the other edition's run as its only baseline.
    ///   - test: this edition's.
    ///   - other: the other edition's.
    ///   - run: the other edition's run.
    ///   - culprit: who makes the difference.
    package init(
        _ comparison: EndpointComparison,
        of test: TestReport,
        to other: TestReport,
        in run: RunIdentity,
        culprit: Culprit?
    ) {
        edition = run.editionID
        runID = run.id
        p95 = comparison.p95
        let rates = (test.load.targetRate, other.load.targetRate)
        rateRatio = rates.0 > 0 && rates.1 > 0 ? rates.0 / rates.1 : nil
        notComparable = comparison.notComparable
        self.culprit = culprit
    }

    /// Whether the whole 95 % interval of the ratio lies beyond one, and which way.
    package var direction: Direction {
        guard notComparable == nil, let low = p95.ratioLow, let high = p95.ratioHigh else { return .unclear }
        return low > 1 ? .slower : high < 1 ? .faster : .unclear
    }

    package enum Direction: String, Sendable, Hashable, Codable {
        case slower, faster, unclear
    }
}
