package import Analysis
import Correlation
import Plans
import Statistics
import Telemetry

/// Whole reports, each of another kind, for everything that reads reports.
///
/// Simulated once from seeds: the same on every machine.
package enum SampleReports {
    /// The shop with N+1 queries in its catalog: one endpoint degraded, one unharmed.
    package static let regression: RunReport = {
        var report = slowed
        report.metrics = ["catalog", "orders"].enumerated().flatMap { index, service in
            [(ResourceSeries.Kind.cpu, 0.3), (.memory, 0.6)].map { kind, level in
                ResourceSeries(
                    service: service,
                    kind: kind,
                    points: (0..<50).map { second in
                        let wave = Double((second * (7 + index)) % 11) / 50
                        return ResourceSeries.Point(
                            time: SampleRun.startedAt + UInt64(second) * 1_000_000_000,
                            value: level + 0.2 * Double(index) + wave
                        )
                    }
                )
            }
        }
        return report
    }()

    private static let slowed: RunReport = {
        let checkout = SampleTest(
            name: "POST /checkout",
            tree: SampleShop.checkout(queries: 25),
            baseline: SampleShop.checkout(queries: 1),
            median: 77,
            baselineMedian: 27.4,
            failures: [.status: 14],
            limit: 90,
            seed: 11
        )
        let products = SampleTest(
            name: "GET /products",
            tree: SampleShop.products(),
            baseline: SampleShop.products(),
            median: 5.8,
            baselineMedian: 5.8,
            limit: 50,
            seed: 12
        )
        return SampleRun(
            id: "20261121-120752-n1",
            tests: [checkout.report(index: 0), products.report(index: 1)],
            findings: [SampleFindings.repeatedQuery, SampleFindings.slowerOperation],
            culprits: [
                Culprit(
                    service: "catalog",
                    operation: "SELECT products",
                    score: 0.94,
                    confidence: 0.97,
                    share: 0.96,
                    findings: ["F13", "F02"]
                )
            ],
            services: ["catalog", "frontend", "orders", "payments"],
            exitCode: 1,
            warnings: ["test-suite.plan.yaml:9:3: warning: unknown key \"durration\", did you mean \"duration\"?"]
        ).report
    }()

    /// The same shop, healthy, against three earlier runs.
    package static let passing: RunReport = {
        let checkout = SampleTest(
            name: "POST /checkout",
            tree: SampleShop.checkout(queries: 1),
            baseline: SampleShop.checkout(queries: 1),
            median: 27.4,
            baselineMedian: 27.4,
            limit: 90,
            seed: 21
        )
        return SampleRun(
            id: "20261121-120441-ok",
            tests: [checkout.report(index: 0)],
            services: ["catalog", "frontend", "orders", "payments"]
        ).report
    }()

    /// A first run: nothing to compare with.
    package static let exploratory: RunReport = {
        let checkout = SampleTest(
            name: "POST /checkout",
            tree: SampleShop.checkout(queries: 1),
            baseline: nil,
            median: 27.4,
            limit: 90,
            seed: 31
        )
        return SampleRun(
            id: "20261121-120101-first",
            tests: [checkout.report(index: 0)],
            services: ["catalog", "frontend", "orders", "payments"]
        ).report
    }()

    /// The generator could not keep its schedule, and most traces never came.
    package static let invalid: RunReport = {
        var test = SampleTest(
            name: "POST /checkout",
            tree: SampleShop.checkout(queries: 1),
            baseline: nil,
            median: 27.4,
            failures: [.droppedLate: 60],
            limit: 90,
            seed: 41
        ).report(index: 0)
        test.load.invalidReasons = ["p99 schedule lag 212 ms is above 10 ms: the generator is too slow for 60/s"]
        test.load.threadCPU = [0.99, 0.98]
        test.completeness.states = [.complete: 214, .neverArrived: 966, .rootMissing: 11, .orphaned: 9]
        test.verdict.status = .invalid
        test.verdict.reasons = ["The load generator could not keep its schedule (p99 lag 212 ms, limit 10 ms)."]
        return SampleRun(
            id: "20261121-121502-bad",
            tests: [test],
            services: ["catalog", "frontend", "orders", "payments"],
            exitCode: 4
        ).report
    }()

    /// Ctrl-C before the first request.
    package static let interrupted: RunReport = {
        let load = TestLoad(test: 0, startedAt: SampleRun.startedAt)
        let test = TestReport(
            name: "POST /checkout",
            testType: .load,
            verdict: Verdict(
                status: .invalid,
                score: Score(value: 0, components: []),
                limits: [],
                reasons: [],
                isRegressed: false
            ),
            load: LoadSummary(load, exemplarTraceIDs: []),
            resources: ResourceUsage(),
            completeness: Completeness(),
            profile: EndpointProfile(endpoint: "POST /checkout"),
            comparison: nil
        )
        return SampleRun(
            id: "20261121-121733-cut",
            tests: [test],
            services: [],
            exitCode: 130,
            wasInterrupted: true
        ).report
    }()

    /// All of them by name, in a fixed order.
    package static let all: [(name: String, report: RunReport)] = [
        ("regression", regression), ("passing", passing), ("exploratory", exploratory), ("invalid", invalid),
        ("interrupted", interrupted),
    ]
}
