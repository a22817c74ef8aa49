import Correlation
import Glibc
import Statistics
import Telemetry

/// The endpoint's whole latency against its baseline: location and p95 together decide, the p95 is what is shown.
struct LatencyChange {
    private let before: LatencyHistogram
    private let after: LatencyHistogram
    private let location: SeriesTest?
    private let tail: SeriesTest?
    /// Location now and before, milliseconds.
    private let locationBefore: Double
    private let baselineRuns: Int
    var hypothesis: Hypothesis?

    init(_ series: EndpointSeries, test: CorrelatedTest, baselines: [BaselineRun], floors: NoiseFloors) {
        before = baselines.reduce(into: LatencyHistogram(subBucketBits: 10)) { $0.absorb($1.latency) }
        after = test.load.latency
        baselineRuns = baselines.count
        location = series.location.map { $0.test(prior: floors.location.prior(baselineRuns: $0.baselines.count)) }
        tail = series.tail.map { $0.test(prior: floors.tail.prior(baselineRuns: $0.baselines.count)) }
        locationBefore = series.location.map { exp($0.mean) / 1e6 } ?? 0
        let tests = [location, tail].compactMap { $0 }
        hypothesis = tests.isEmpty ? nil : Hypothesis(tests)
    }

    func estimate(settings: ComparisonSettings) -> ChangeEstimate {
        var result = ChangeEstimate(
            before: Double(before.quantile(0.95)) / 1e6,
            after: Double(after.quantile(0.95)) / 1e6,
            decision: .inconclusive
        )
        if let tail {
            result.ratioLow = exp(tail.change - tail.margin)
            result.ratioHigh = exp(tail.change + tail.margin)
        }
        guard let hypothesis else { return result }
        result.p = hypothesis.pSlower
        result.q = hypothesis.qSlower
        let strongest = [location, tail].compactMap { $0 }.min { $0.pSlower < $1.pSlower }
        let posterior = PosteriorConfidence()
            .value(p: hypothesis.pSlower, standardError: strongest?.standardError ?? 0)
        result.confidence = min(posterior, PosteriorConfidence.cap(baselineRuns: baselineRuns))
        let gates = gates(settings: settings)
        result.decision = hypothesis.decision(
            isPracticallySlower: gates.contains { $0.isExceeded(by: $0.test.change) },
            isPracticallyFaster: gates.contains { $0.isExceeded(by: -$0.test.change) },
            isEquivalent: gates.allSatisfy { $0.isEquivalent },
            confidence: result.confidence,
            settings: settings
        )
        return result
    }

    private func gates(settings: ComparisonSettings) -> [Gate] {
        let floor = max(settings.floorMilliseconds, settings.floorShare * Double(before.quantile(0.5)) / 1e6)
        let tailBefore = Double(before.quantile(0.95)) / 1e6
        return [
            location.map { Gate(test: $0, before: locationBefore, ratio: settings.locationRatio, floor: floor) },
            tail.map { Gate(test: $0, before: tailBefore, ratio: settings.tailRatio, floor: floor) },
        ].compactMap { $0 }
    }

    /// What makes a change of one signal practical: a ratio and an absolute floor, both.
    private struct Gate {
        var test: SeriesTest
        var before: Double
        var ratio: Double
        var floor: Double

        func isExceeded(by change: Double) -> Bool {
            exp(change) >= ratio && before * (exp(abs(change)) - 1) >= floor
        }

        var isEquivalent: Bool {
            let largest = max(abs(test.change + test.margin), abs(test.change - test.margin))
            return exp(largest) < ratio || before * (exp(largest) - 1) < floor
        }
    }
}
