import Analysis
import Baselines
import Runs

/// The newest deploy of every service and what its newest check says.
enum DeployMetrics {
    /// Services that are shown.
    static let serviceLimit = 50

    /// Both lists newest first.
    static func families(deploys: [DeployMarker], checks: [ListedCheck]) -> [MetricFamily] {
        let deploys = newest(deploys, of: \.service)
        let checks = newest(checks, of: \.service)
        return [
            MetricFamily(
                "plimsoll_deploy_timestamp_seconds",
                .gauge,
                "Unix time at which the newest version of a service began to take requests.",
                deploys.map {
                    MetricSample(
                        Double($0.value.at) / 1e9,
                        ["service": $0.service, "version": OperationLabels.clean($0.value.version)]
                    )
                }
            ),
            MetricFamily(
                "plimsoll_check_timestamp_seconds",
                .gauge,
                "Unix time of the newest check of a service.",
                checks.map { MetricSample(Double($0.value.checkedAt) / 1e9, ["service": $0.service]) }
            ),
            MetricFamily(
                "plimsoll_check_verdict",
                .gauge,
                "Verdict of the newest check: 1 for the one it came to, 0 for the others.",
                checks.flatMap { check in
                    CheckReport.Verdict.allCases.map {
                        MetricSample(
                            $0 == check.value.verdict ? 1 : 0,
                            ["service": check.service, "verdict": $0.rawValue]
                        )
                    }
                }
            ),
            MetricFamily(
                "plimsoll_check_confidence_ratio",
                .gauge,
                "How sure the newest check is of its verdict, 0 to 1.",
                checks.map { MetricSample($0.value.confidence, ["service": $0.service]) }
            ),
            MetricFamily(
                "plimsoll_check_findings",
                .gauge,
                "Findings of the newest check by what became worse.",
                checks.flatMap { check in
                    CheckFinding.Signal.allCases.map { signal in
                        MetricSample(
                            Double(check.value.findings.count { $0.signal == signal }),
                            ["service": check.service, "signal": signal.rawValue]
                        )
                    }
                }
            ),
        ]
    }

    /// The service's own looks at deploys, and the messages about them.
    static func families(_ progress: CheckWatch.Progress) -> [MetricFamily] {
        [
            MetricFamily(
                "plimsoll_check_looks",
                .counter,
                "Looks at deploys that the service made by itself.",
                [
                    MetricSample(Double(progress.looks), ["result": "made"]),
                    MetricSample(Double(progress.failedLooks), ["result": "failed"]),
                ]
            ),
            MetricFamily(
                "plimsoll_check_notices",
                .counter,
                "Messages to webhooks and trackers about looks; dropped are reports that waited behind too many others.",
                [
                    MetricSample(Double(progress.notices), ["result": "sent"]),
                    MetricSample(Double(progress.failedNotices), ["result": "failed"]),
                    MetricSample(Double(progress.droppedNotices), ["result": "dropped"]),
                ]
            ),
        ]
    }

    /// The first of each service, in order of service.
    private static func newest<Value>(
        _ values: [Value],
        of service: (Value) -> String
    ) -> [(service: String, value: Value)] {
        var found: [String: Value] = [:]
        for value in values {
            let name = OperationLabels.clean(service(value))
            if found[name] == nil, found.count < serviceLimit { found[name] = value }
        }
        return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
