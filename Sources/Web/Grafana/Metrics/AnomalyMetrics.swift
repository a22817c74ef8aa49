import Analysis
import Runs

/// How many operations have left what is usual for them.
enum AnomalyMetrics {
    static func families(_ counts: AnomalyCounts) -> [MetricFamily] {
        [
            MetricFamily(
                "plimsoll_anomalies_active",
                .gauge,
                "Anomalies of operations that last now, by the worst they came to.",
                samples(counts.lasting, like: counts.begun)
            ),
            MetricFamily(
                "plimsoll_anomalies",
                .counter,
                "Anomalies of operations that began, or became critical, since the start.",
                samples(counts.begun, like: counts.lasting)
            ),
        ]
    }

    /// A service that has anything has all severities, so that a rule need not know of missing series.
    private static func samples(
        _ counts: [AnomalyCounts.Key: Int],
        like others: [AnomalyCounts.Key: Int]
    ) -> [MetricSample] {
        // Two names may be the same once they are clean.
        var sums: [String: [OperationAnomaly.Severity: Int]] = [:]
        for key in others.keys { sums[OperationLabels.clean(key.service), default: [:]][key.severity, default: 0] += 0 }
        for (key, count) in counts {
            sums[OperationLabels.clean(key.service), default: [:]][key.severity, default: 0] += count
        }
        return sums.sorted { $0.key < $1.key }.flatMap { service, counts in
            OperationAnomaly.Severity.allCases.map { severity in
                MetricSample(Double(counts[severity] ?? 0), ["service": service, "severity": severity.rawValue])
            }
        }
    }
}
