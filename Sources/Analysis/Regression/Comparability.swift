import Correlation
import Statistics
import Telemetry

/// Whether two sides may be compared at all, before any statistics.
struct Comparability {
    /// Why nothing may be concluded; `nil` when latencies compare.
    var latency: String?
    /// Why nothing may be concluded about paths; set whenever `latency` is.
    var paths: String?

    /// - Parameters:
    ///   - test: the current side.
    ///   - baselines: runs of the same environment.
    ///   - hasOtherEnvironment: whether every stored baseline is of another environment.
    ///   - settings: the limits.
    init(
        _ test: CorrelatedTest,
        baselines: [BaselineRun],
        hasOtherEnvironment: Bool,
        settings: ComparisonSettings
    ) {
        latency = Comparability.latencyReason(test, baselines, hasOtherEnvironment, settings)
        paths = latency ?? Comparability.pathReason(test, baselines, settings)
    }

    private static func latencyReason(
        _ test: CorrelatedTest,
        _ baselines: [BaselineRun],
        _ hasOtherEnvironment: Bool,
        _ settings: ComparisonSettings
    ) -> String? {
        if hasOtherEnvironment { return "the baseline is of another environment" }
        let least = min(Int(test.load.latency.count), baselines.map { Int($0.latency.count) }.min() ?? 0)
        if least < settings.minimumTraces {
            return "\(least) requests were answered, \(settings.minimumTraces) are needed on either side"
        }
        if test.load.ledger.errorRate >= settings.maximumErrorRate {
            return "\(Wording.percent(test.load.ledger.errorRate)) of the requests failed"
        }
        let rate = mean(baselines.map(\.achievedRate))
        if rate > 0, abs(test.load.targetRate - rate) > settings.rateTolerance * rate {
            return "the plan asks for \(Wording.number(test.load.targetRate)) requests/s, the baseline ran at "
                + Wording.number(rate)
        }
        return nil
    }

    private static func pathReason(
        _ test: CorrelatedTest,
        _ baselines: [BaselineRun],
        _ settings: ComparisonSettings
    ) -> String? {
        let before = baselines.reduce(0) { $0 + $1.profile.traces }
        let least = min(test.profile.traces, before)
        if least < settings.minimumTraces {
            return "\(least) complete traces, \(settings.minimumTraces) are needed on either side"
        }
        let coverages = baselines.compactMap(\.coverage)
        if let coverage = test.completeness.coverage, !coverages.isEmpty {
            let earlier = mean(coverages)
            if abs(coverage - earlier) > settings.coverageTolerance {
                return "trace coverage is \(Wording.percent(coverage)), the baseline's was \(Wording.percent(earlier))"
            }
        }
        return nil
    }

    private static func mean(_ values: [Double]) -> Double {
        values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }
}
