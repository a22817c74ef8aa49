import Glibc
import Statistics

/// How a time grows with the number of requests in flight: `log y = a + β log c` over buckets of time.
struct ConcurrencyGrowth {
    /// β: 0 for no dependence, 1 for a queue with one server.
    let exponent: Double
    /// R² of the fit, 0...1.
    let determination: Double
    /// The quantity at the least and at the largest concurrency by the fit, milliseconds.
    let low: Double
    let high: Double
    let leastConcurrency: Double
    let mostConcurrency: Double

    init?(_ pairs: [(x: Double, y: Double)]) {
        guard let fit = LinearFit(x: pairs.map { log($0.x) }, y: pairs.map { log($0.y) }),
            let least = pairs.map(\.x).min(), let most = pairs.map(\.x).max()
        else { return nil }
        exponent = fit.slope
        determination = fit.determination
        low = exp(fit.intercept + fit.slope * log(least))
        high = exp(fit.intercept + fit.slope * log(most))
        leastConcurrency = least
        mostConcurrency = most
    }

    var growth: Double { high - low }
}
