import Analysis
import Telemetry

/// Results of the newest run of every module and edition, and what speaks for or against the measurement itself.
enum RunMetrics {
    static func families(_ snapshot: RunFigures.Snapshot) -> [MetricFamily] {
        runs(snapshot.runs) + results(snapshot.tests) + honesty(snapshot.tests)
    }

    private static func runs(_ runs: [RunFigures.Run]) -> [MetricFamily] {
        [
            MetricFamily(
                "plimsoll_run_timestamp_seconds",
                .gauge,
                "Unix time at which the newest run ended.",
                runs.map { MetricSample($0.endedAt, ["module": $0.module, "edition": $0.edition]) }
            ),
            MetricFamily(
                "plimsoll_run_findings",
                .gauge,
                "Findings of the newest run by severity.",
                runs.flatMap { run in
                    Severity.allCases.map { severity in
                        MetricSample(
                            Double(run.findings[severity] ?? 0),
                            ["module": run.module, "edition": run.edition, "severity": severity.rawValue]
                        )
                    }
                }
            ),
        ]
    }

    private static func results(_ tests: [TestFigures]) -> [MetricFamily] {
        [
            gauge("plimsoll_run_score_ratio", "Performance score of the newest run, 0 to 1.", tests, \.score),
            MetricFamily(
                "plimsoll_run_status",
                .gauge,
                "Verdict of the newest run: 1 for the status it has, 0 for the others.",
                tests.flatMap { test in
                    TestStatus.allCases.map { status in
                        sample(status == test.status ? 1 : 0, test, [("status", status.rawValue)])
                    }
                }
            ),
            gauge("plimsoll_run_latency_p50_seconds", "Median latency from schedule.", tests, \.p50Seconds),
            gauge("plimsoll_run_latency_p95_seconds", "95th percentile of latency from schedule.", tests, \.p95Seconds),
            gauge("plimsoll_run_error_ratio", "Share of requests that failed.", tests, \.errorRate),
            MetricFamily(
                "plimsoll_run_load_line_hertz",
                .gauge,
                "Highest rate of requests a second that held all objectives, of stress tests.",
                tests.compactMap { test in test.loadLine.map { sample($0, test) } }
            ),
        ]
    }

    private static func honesty(_ tests: [TestFigures]) -> [MetricFamily] {
        [
            gauge("plimsoll_run_target_rate_hertz", "Requests a second that were planned.", tests, \.targetRate),
            gauge("plimsoll_run_achieved_rate_hertz", "Requests a second that were answered.", tests, \.achievedRate),
            gauge(
                "plimsoll_run_schedule_lag_p99_seconds",
                "From when a request was due until it was sent, 99th percentile.",
                tests,
                \.scheduleLagSeconds
            ),
            MetricFamily(
                "plimsoll_run_join_coverage_ratio",
                .gauge,
                "Share of sampled requests whose trace is complete.",
                tests.compactMap { test in test.coverage.map { sample($0, test) } }
            ),
            MetricFamily(
                "plimsoll_run_requests",
                .gauge,
                "Scheduled requests of the newest run by outcome.",
                tests.flatMap { test in
                    RequestOutcome.allCases.map {
                        sample(Double(test.outcomes[$0.name] ?? 0), test, [("outcome", $0.name)])
                    }
                }
            ),
            gauge("plimsoll_run_invalid_reasons", "Reasons why the measurement cannot be trusted.", tests) {
                Double($0.invalidReasons)
            },
        ]
    }

    private static func gauge(
        _ name: String,
        _ help: String,
        _ tests: [TestFigures],
        _ value: (TestFigures) -> Double
    ) -> MetricFamily {
        MetricFamily(name, .gauge, help, tests.map { sample(value($0), $0) })
    }

    private static func sample(
        _ value: Double,
        _ test: TestFigures,
        _ more: [(name: String, value: String)] = []
    ) -> MetricSample {
        var sample = MetricSample(value)
        sample.labels =
            [("module", test.module), ("edition", test.edition), ("test", test.test), ("type", test.type)] + more
        return sample
    }
}
