import Correlation
import Plans
import Statistics
import Telemetry

/// Holds what was measured against every limit that has a value.
struct LimitCheck {
    var limits: ResolvedLimits

    /// Beyond this an excess is only "far over", and infinity has no place in an artifact.
    static let largestExcess = 1000.0

    /// Limits without a measurement are left out: they are neither met nor violated.
    func outcomes(load: TestLoad, resources: ResourceUsage) -> [LimitOutcome] {
        let latency = load.latency
        func quantile(_ q: Double) -> Double? { latency.isEmpty ? nil : Double(latency.quantile(q)) / 1e6 }
        return [
            outcome("latency.p50", "ms", limits.p50, quantile(0.5)),
            outcome("latency.p95", "ms", limits.p95, quantile(0.95)),
            outcome("latency.p99", "ms", limits.p99, quantile(0.99)),
            outcome("rps", "requests/s", limits.minimumRate, load.achievedRate, isMinimum: true),
            outcome("errorRate", "ratio", limits.errorRate, load.ledger.errorRate),
            outcome("cpu", "percent", limits.cpuPercent, resources.cpuShare.map { 100 * $0 }),
            outcome("memory", "MiB", limits.memoryMiB, resources.memoryPeakMiB),
        ].compactMap { $0 }
    }

    private func outcome(
        _ name: String,
        _ unit: String,
        _ limit: ResolvedLimits.Limit?,
        _ measured: Double?,
        isMinimum: Bool = false
    ) -> LimitOutcome? {
        guard let limit, let measured else { return nil }
        let isMet = isMinimum ? measured >= limit.value : measured <= limit.value
        let (over, under) = isMinimum ? (limit.value, measured) : (measured, limit.value)
        let excess = under > 0 ? min(LimitCheck.largestExcess, over / under) : LimitCheck.largestExcess
        return LimitOutcome(
            name: name,
            unit: unit,
            limit: limit.value,
            measured: measured,
            isMet: isMet,
            excess: isMet ? 1 : excess,
            source: limit.source
        )
    }
}

extension LimitOutcome {
    /// `p95 912 ms is over its limit of 800 ms (default policy)`.
    var sentence: String {
        let isMinimum = name == "rps"
        let side = isMet ? "within" : isMinimum ? "under" : "over"
        return "\(title) \(shown(measured)) is \(side) its limit of \(shown(limit)) (\(source))"
    }

    private var title: String {
        switch name {
        case "rps": "throughput"
        case "errorRate": "error rate"
        case "cpu": "CPU"
        default: name.hasPrefix("latency.") ? String(name.dropFirst("latency.".count)) : name
        }
    }

    private func shown(_ value: Double) -> String {
        switch unit {
        case "ms": Wording.milliseconds(value)
        case "ratio": Wording.percent(value)
        case "percent": "\(Wording.number(value)) %"
        default: "\(Wording.number(value)) \(unit)"
        }
    }
}
