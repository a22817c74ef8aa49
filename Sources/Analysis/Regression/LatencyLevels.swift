import Correlation
import Statistics
import Telemetry

/// What an endpoint's latency is like before and now, milliseconds from the intended start.
struct LatencyLevels {
    var p50Before: Double
    var p95Before: Double
    var p95After: Double

    init(p50Before: Double, p95Before: Double, p95After: Double) {
        self.p50Before = p50Before
        self.p95Before = p95Before
        self.p95After = p95After
    }

    init(_ test: CorrelatedTest, baselines: [BaselineRun]) {
        let before = baselines.reduce(into: LatencyHistogram(subBucketBits: 10)) { $0.absorb($1.latency) }
        self.init(
            p50Before: Double(before.quantile(0.5)) / 1e6,
            p95Before: Double(before.quantile(0.95)) / 1e6,
            p95After: Double(test.load.latency.quantile(0.95)) / 1e6
        )
    }
}
