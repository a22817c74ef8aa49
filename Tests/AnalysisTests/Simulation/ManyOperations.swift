import Analysis
import Correlation
import Foundation
import Statistics
import Telemetry

/// 200 endpoints of one operation each, run by run: what the comparison's error rates are measured on.
///
/// Only histograms are simulated: the comparison sees nothing else of an endpoint's latencies.
struct ManyOperations {
    static let count = 200

    /// Requests of each operation a run.
    var requests = 300
    /// Standard deviation of log latency between runs, the same for all requests of a run.
    var runDeviation = 0.02
    var baselines = 5
    /// By operation: the factor on the current run's latencies.
    var factor: @Sendable (Int) -> Double = { _ in 1 }
    /// How latencies scatter within a run, mean near 1.
    var shape = Shape.logNormal

    enum Shape: CaseIterable {
        case logNormal, pareto, bimodal
    }

    /// One comparison an operation, in order; `seeds` comparisons one after another.
    func comparisons(seeds: ClosedRange<UInt64>) -> [[EndpointComparison]] {
        var noise = Noise(seed: seeds.lowerBound)
        var pools: [Double: [EndpointProfile]] = [:]
        // Recording is what costs: runs are drawn from a pool, different ones for each operation.
        func runs(_ factor: Double, _ count: Int) -> [EndpointProfile] {
            if pools[factor] == nil {
                pools[factor] = (0..<(factor == 1 ? 120 : 40)).map { _ in profile(20 * factor, &noise) }
            }
            var pool = pools[factor] ?? []
            return (0..<count).map { _ in pool.remove(at: Int(noise.uniform() * Double(pool.count))) }
        }
        return seeds.map { _ in
            var tests: [CorrelatedTest] = []
            var history: [[BaselineRun]] = []
            for operation in 0..<ManyOperations.count {
                let factor = factor(operation)
                let before = runs(1, factor == 1 ? baselines + 1 : baselines)
                let now = factor == 1 ? before[baselines] : runs(factor, 1)[0]
                tests.append(SimulatedRuns.test(now))
                history.append(before.prefix(baselines).enumerated().map { baseline($0.element, run: $0.offset) })
            }
            return BaselineComparator().compare(tests, with: history, environment: SimulatedRuns.environment)
                .compactMap { $0 }
        }
    }

    private func profile(_ mean: Double, _ noise: inout Noise) -> EndpointProfile {
        var profile = EndpointProfile(endpoint: "operation", traces: requests)
        let run = noise.logNormal(deviation: runDeviation)
        for _ in 0..<requests { profile.duration.record(UInt64(max(1, 1e6 * mean * run * latency(&noise)))) }
        return profile
    }

    private func latency(_ noise: inout Noise) -> Double {
        switch shape {
        case .logNormal: return noise.logNormal(deviation: 0.6)
        case .pareto: return 0.6 * pow(1 - noise.uniform(), -1 / 2.5)
        case .bimodal: return noise.logNormal(deviation: 0.2) * (noise.uniform() < 0.7 ? 0.6 : 1.9)
        }
    }

    private func baseline(_ profile: EndpointProfile, run: Int) -> BaselineRun {
        BaselineRun(
            runID: "run-\(run)",
            profile: profile,
            latency: profile.duration,
            errorRate: 0,
            achievedRate: 50,
            score: 1,
            status: "pass",
            coverage: 1,
            environment: SimulatedRuns.environment
        )
    }
}
