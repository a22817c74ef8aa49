import Analysis
import Correlation
import Telemetry
import TestSupport
import Testing

/// One fault of the catalogue planted into the shop at a strength of 0...1.
struct PlantedFault: Sendable, CustomTestStringConvertible {
    let id: String
    var requests = 240
    /// Requests a second: together with `requests`, how long the run is.
    var rate = 100.0
    var hasBaseline = true
    /// The shop of the baseline, where it is not the plain one.
    var before: (@Sendable () -> PlantedShop)?
    let shop: @Sendable (_ strength: Double) -> PlantedShop
    /// Spans as they arrive, from those that were sent.
    var arriving: (@Sendable (SyntheticRun, Double) -> SpanTable)?
    var resources: (@Sendable (SyntheticRun, Double) -> [ResourceSeries])?

    var testDescription: String { id }

    func run(strength: Double, seed: UInt64) -> ComparedRun {
        let run = shop(strength).run(requests: requests, rate: rate, seed: seed)
        let correlated = run.correlated(spans: arriving?(run, strength))
        var comparisons: [EndpointComparison?] = [nil]
        if hasBaseline {
            let baselines = PlantedFault.baselines(before, rate: rate)
            comparisons = BaselineComparator().compare(
                correlated.tests,
                with: [baselines],
                environment: SimulatedRuns.environment
            )
        }
        return ComparedRun(run: correlated, comparisons: comparisons, resources: resources?(run, strength) ?? [])
    }

    private static let plain = (1...5).map { baseline(PlantedShop(), rate: 100, seed: 9_000 + $0) }

    private static func baselines(_ before: (() -> PlantedShop)?, rate: Double) -> [BaselineRun] {
        if before == nil, rate == 100 { return plain }
        return (1...5).map { baseline(before?() ?? PlantedShop(), rate: rate, seed: 9_000 + $0) }
    }

    private static func baseline(_ shop: PlantedShop, rate: Double, seed: UInt64) -> BaselineRun {
        let test = shop.run(requests: 120, rate: rate, seed: seed).correlated().tests[0]
        return BaselineRun(
            runID: "run-\(seed)",
            profile: test.profile,
            latency: test.load.latency,
            errorRate: 0,
            achievedRate: rate,
            score: 1,
            status: "pass",
            coverage: 1,
            environment: SimulatedRuns.environment
        )
    }

    static let clean = PlantedFault(id: "clean", shop: { _ in PlantedShop() })
    static let all: [PlantedFault] = latency + structure + waiting + resource + population + errors + trust

    /// Milliseconds, scaled.
    static func ms(_ value: Double, _ strength: Double = 1) -> Duration { .microseconds(Int(value * strength * 1000)) }
}
