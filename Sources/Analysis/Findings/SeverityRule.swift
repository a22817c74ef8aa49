import Correlation

/// How bad a finding is: the rules of `spec/analysis.md` section 5.0.
enum SeverityRule {
    /// By share of what matters, 0...1: one level lower at medium confidence, at most medium at low confidence or
    /// where fewer than half of the requests have a complete trace.
    static func severity(share: Double, confidence: Double, coverage: Double?) -> Severity {
        let byShare: Severity =
            switch share {
            case 0.5...: .critical
            case 0.25...: .high
            case 0.1...: .medium
            case 0.03...: .low
            default: .info
            }
        if confidence < 0.5 || (coverage ?? 1) < 0.5 { return min(byShare, .medium) }
        return confidence < 0.8 ? byShare.lowered : byShare
    }

    /// Of a path that takes `delta` milliseconds more than before.
    ///
    /// Counts the share of the slowdown where the endpoint itself has regressed, else the share of its p95. At most
    /// medium where the path adds less than a tenth to the endpoint's mean: all of next to nothing is little.
    static func regression(
        delta: Double,
        explainedShare: Double?,
        confidence: Double,
        in test: ComparedTest
    ) -> Severity {
        guard let comparison = test.comparison else { return .info }
        let hasRegressed = comparison.p95.decision == .regression || comparison.mean.decision == .regression
        let ofTail = test.p95Milliseconds > 0 ? delta / test.p95Milliseconds : 0
        let share = hasRegressed ? explainedShare ?? ofTail : ofTail
        let severity = severity(share: share, confidence: confidence, coverage: test.test.completeness.coverage)
        return delta < 0.1 * comparison.mean.before ? min(severity, .medium) : severity
    }
}

extension Severity {
    /// One level less, at least `info`.
    var lowered: Severity {
        let index = Severity.allCases.firstIndex(of: self) ?? 0
        return Severity.allCases[max(0, index - 1)]
    }

    /// One level more, at most `critical`.
    var raised: Severity {
        let index = Severity.allCases.firstIndex(of: self) ?? 0
        return Severity.allCases[min(Severity.allCases.count - 1, index + 1)]
    }
}
