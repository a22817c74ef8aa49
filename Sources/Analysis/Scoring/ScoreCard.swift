import Correlation
import Plans
import Statistics
import Telemetry

/// Scores the five components and weighs them together.
struct ScoreCard {
    var weights: ScoreWeights
    var limits: ResolvedLimits
    /// Whose note leaves a part out; `nil` where it counts.
    var exclusion: (ScoreComponent.Name) -> String? = { _ in nil }

    func score(load: TestLoad, resources: ResourceUsage, comparison: EndpointComparison?) -> Score {
        let measured: [(name: ScoreComponent.Name, weight: Double, part: Part)] = [
            (.latency, weights.latency, latency(load, comparison)),
            (.throughput, weights.throughput, throughput(load)),
            (.errors, weights.errors, errors(load)),
            (.resources, weights.resources, self.resources(resources)),
            (.baselineDelta, weights.baselineDelta, baselineDelta(comparison)),
        ]
        let parts = measured.map { name, weight, part in
            exclusion(name).map { (name, weight, Part(value: nil, reason: "left out (\($0)): \(part.reason)")) }
                ?? (name, weight, part)
        }
        // A component without data is left out and its weight shared out among the others in proportion.
        let known = parts.reduce(0) { $1.2.value == nil ? $0 : $0 + $1.1 }
        let components = parts.map { name, weight, part in
            ScoreComponent(
                name: name,
                weight: weight,
                effectiveWeight: part.value == nil || known == 0 ? 0 : weight / known,
                value: part.value,
                reason: part.reason
            )
        }
        return Score(value: components.reduce(0) { $0 + $1.effectiveWeight * ($1.value ?? 0) }, components: components)
    }

    private struct Part {
        var value: Double?
        var reason: String
    }

    private func latency(_ load: TestLoad, _ comparison: EndpointComparison?) -> Part {
        guard !load.latency.isEmpty else { return Part(value: nil, reason: "no request was answered") }
        let p95 = Double(load.latency.quantile(0.95)) / 1e6
        var value = ScoreRules.latency(measured: p95, limit: limits.p95.value)
        var reason =
            "p95 \(Wording.milliseconds(p95)), limit \(Wording.milliseconds(limits.p95.value)) "
            + "(\(limits.p95.source))"
        if value < 1, limits.p95.isFromBaseline, comparison?.hasCertainSlowdown != true {
            value = 1
            reason += ", not a significant change"
        }
        if let limit = limits.p99 {
            let p99 = Double(load.latency.quantile(0.99)) / 1e6
            value = min(value, ScoreRules.latency(measured: p99, limit: limit.value))
            reason += "; p99 \(Wording.milliseconds(p99)), limit \(Wording.milliseconds(limit.value)) (\(limit.source))"
        }
        return Part(value: value, reason: reason)
    }

    private func throughput(_ load: TestLoad) -> Part {
        guard let limit = limits.minimumRate, limit.value > 0 else {
            return Part(value: nil, reason: "no rpsMin is set")
        }
        return Part(
            value: ScoreRules.throughput(achieved: load.achievedRate, minimum: limit.value),
            reason: "\(Wording.number(load.achievedRate)) requests/s, least \(Wording.number(limit.value)) "
                + "(\(limit.source))"
        )
    }

    private func errors(_ load: TestLoad) -> Part {
        guard load.ledger.answered + load.ledger.failed > 0 else { return Part(value: nil, reason: "no request ended") }
        let rate = load.ledger.errorRate
        return Part(
            value: ScoreRules.errors(rate: rate, limit: limits.errorRate.value),
            reason: "\(Wording.percent(rate)) of requests failed, limit \(Wording.percent(limits.errorRate.value)) "
                + "(\(limits.errorRate.source))"
        )
    }

    private func resources(_ usage: ResourceUsage) -> Part {
        var values: [Double] = []
        var reasons: [String] = []
        if let share = usage.cpuShare {
            values.append(ScoreRules.cpu(share: share))
            reasons.append("CPU \(Wording.percent(share)) of its quota on average")
        }
        if let share = usage.memoryShare {
            values.append(ScoreRules.memory(share: share))
            reasons.append("memory \(Wording.percent(share)) of its quota at the peak")
        }
        guard let least = values.min() else {
            return Part(value: nil, reason: "no CPU or memory metric with a quota to compare it with")
        }
        return Part(value: least, reason: reasons.joined(separator: ", "))
    }

    private func baselineDelta(_ comparison: EndpointComparison?) -> Part {
        guard let comparison else {
            guard let recorded = limits.recorded else { return Part(value: nil, reason: "no baseline") }
            // One number of before: how far it moves between two runs without a cause is not known.
            return Part(value: nil, reason: "only the p95 of an earlier run is known (\(recorded.source))")
        }
        guard let ratio = comparison.p95.ratio, comparison.p95.p != nil else {
            return Part(value: nil, reason: comparison.notComparable ?? "the baseline has no p95")
        }
        let isNoise = ratio > 1 && !comparison.hasCertainSlowdown
        return Part(
            value: ScoreRules.baselineDelta(change: isNoise ? 0 : ratio - 1),
            reason: "p95 \(Wording.signedPercent(ratio - 1)) against the baseline"
                + (isNoise ? ", not significant" : "")
        )
    }
}

extension ResourceUsage {
    /// Average CPU as a share of the quota, 0...1 and above; `nil` where either is unknown.
    var cpuShare: Double? {
        guard let used = cpuAveragePercent, let cores = cpuQuotaCores, cores > 0 else { return nil }
        return used / 100 / cores
    }

    /// Peak memory as a share of the quota.
    var memoryShare: Double? {
        guard let used = memoryPeakMiB, let quota = memoryQuotaMiB, quota > 0 else { return nil }
        return used / quota
    }
}
