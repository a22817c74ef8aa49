import Analysis
import Correlation
import Foundation
import Telemetry
import TestSupport
import Testing

/// `plimsoll run` ranks by findings, `plimsoll diagnose` by what both windows' spans say: they must not contradict.
@Suite struct RankingAgreementTests {
    /// Faults with one service to blame; what they do to it.
    private static let faults: [(name: String, culprit: String, plant: @Sendable (inout PlantedShop) -> Void)] = [
        (
            "slow work", "orders",
            {
                $0.orders = { span, _ in
                    PlantedShop.orders(span); span.work(.milliseconds(40))
                }
            }
        ),
        (
            "slow query", "orders",
            {
                $0.orders = { span, _ in
                    span.work(.milliseconds(5), jitter: PlantedShop.jitter)
                    span.query("SELECT orders", "SELECT id FROM orders WHERE user = ?", .milliseconds(40), jitter: 0.4)
                }
            }
        ),
        ("slow way", "orders", { $0.network = { _ in .milliseconds(30) } }),
        (
            "repeated query", "catalog",
            {
                $0.catalog = { span, _ in
                    PlantedShop.catalog(span)
                    for _ in 0..<20 { span.query("SELECT item", "SELECT * FROM items WHERE id = ?", .milliseconds(2)) }
                }
            }
        ),
        (
            "errors", "catalog",
            {
                $0.catalog = { span, index in
                    PlantedShop.catalog(span); if index % 3 == 0 { span.fail("500") }
                }
            }
        ),
        (
            "a new dependency", "catalog",
            {
                $0.catalog = { span, _ in
                    PlantedShop.catalog(span)
                    span.query("POST audit", "", .milliseconds(30), jitter: 0.4)
                }
            }
        ),
    ]

    /// One run of two stretches, so that both have the same vocabulary.
    private struct Windows {
        let before: CorrelatedRun
        let after: CorrelatedRun

        init(_ shop: PlantedShop, seed: UInt64) {
            var run = SyntheticRun(seed: seed)
            run.addTest(endpoint: "GET /cart", requests: 240, PlantedShop().request)
            let boundary = run.load.tests[0].endedAt
            run.addTest(endpoint: "GET /cart", requests: 240, shop.request)
            let late = Set(run.spans.indices.filter { run.spans.startNanoseconds[$0] >= boundary })
            func window(_ isLate: Bool) -> CorrelatedRun {
                let rows = run.spans.indices.filter { late.contains($0) == isLate }.map { UInt32($0) }
                let spans = run.spans.selecting(rows)
                let observed = ObservedLoad(spans, vocabulary: run.vocabulary)
                return Correlator(identity: observed.identity, vocabulary: run.vocabulary)
                    .correlate(
                        observed.load,
                        testNames: observed.names,
                        spans: StoredSpans(spans: spans),
                        rejectedSpans: 0
                    )
            }
            (before, after) = (window(false), window(true))
        }
    }

    @Test(arguments: faults.indices) func `both rankings name the same service first`(index: Int) throws {
        let fault = RankingAgreementTests.faults[index]
        var shop = PlantedShop()
        fault.plant(&shop)
        let windows = Windows(shop, seed: 21)
        let baselines = (1...5).map { seed in
            SimulatedRuns.baseline(PlantedShop().run(requests: 240, rate: 100, seed: 800 + UInt64(seed)).correlated())
        }
        let now = shop.run(requests: 240, rate: 100, seed: 22).correlated()
        let comparisons = BaselineComparator()
            .compare(now.tests, with: [baselines], environment: SimulatedRuns.environment)
        let loaded = ComparedRun(run: now, comparisons: comparisons, resources: [])
        let byFindings = CulpritRanking.rank([any FindingDetector].standard.findings(in: loaded), in: loaded)

        let windowed = ComparedRun(
            run: windows.after,
            comparisons: windows.after.tests.map { _ in nil },
            resources: [],
            activity: (WindowActivity(windows.before), WindowActivity(windows.after))
        )
        let bySuspects = CulpritRanking.rank([any FindingDetector].standard.findings(in: windowed), in: windowed)
        #expect(byFindings.first?.service == fault.culprit, "\(fault.name): \(byFindings.prefix(3))")
        #expect(bySuspects.first?.service == fault.culprit, "\(fault.name): \(bySuspects.prefix(3))")
    }
}

extension SimulatedRuns {
    /// The only test of a correlated run, as a store keeps it.
    static func baseline(_ run: CorrelatedRun) -> BaselineRun {
        let test = run.tests[0]
        return BaselineRun(
            runID: "run",
            profile: test.profile,
            latency: test.load.latency,
            errorRate: test.load.ledger.errorRate,
            achievedRate: test.load.achievedRate,
            score: 1,
            status: "pass",
            coverage: 1,
            environment: environment
        )
    }
}
