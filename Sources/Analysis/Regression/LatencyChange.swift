import Glibc
import Statistics

/// The endpoint's whole latency against its baseline: location and p95 together decide, the p95 is what is shown.
struct LatencyChange {
    private let levels: LatencyLevels
    private let location: SeriesTest?
    private let tail: SeriesTest?
    /// Location before, milliseconds.
    private let locationBefore: Double
    private let baselineRuns: Int
    var hypothesis: Hypothesis?

    init(_ series: EndpointSeries, levels: LatencyLevels, baselineRuns: Int, floors: inout NoiseFloors) {
        self.levels = levels
        self.baselineRuns = baselineRuns
        location = series.location.map { $0.test(floor: floors.location.level(for: $0)) }
        tail = series.tail.map { $0.test(floor: floors.tail.level(for: $0)) }
        locationBefore = series.location.map { exp($0.mean) / 1e6 } ?? 0
        let tests = [location, tail].compactMap { $0 }
        hypothesis = tests.isEmpty ? nil : Hypothesis(tests)
    }

    func estimate(settings: ComparisonSettings) -> ChangeEstimate {
        var result = ChangeEstimate(before: levels.p95Before, after: levels.p95After, decision: .inconclusive)
        if let tail {
            result.ratioLow = exp(tail.change - tail.margin)
            result.ratioHigh = exp(tail.change + tail.margin)
        }
        guard let hypothesis else { return result }
        result.p = hypothesis.pSlower
        result.q = hypothesis.qSlower
        result.confidence = hypothesis.confidence(baselineRuns: baselineRuns)
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
        let floor = max(settings.floorMilliseconds, settings.floorShare * levels.p50Before)
        return [
            location.map { Gate(test: $0, before: locationBefore, ratio: settings.locationRatio, floor: floor) },
            tail.map { Gate(test: $0, before: levels.p95Before, ratio: settings.tailRatio, floor: floor) },
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
