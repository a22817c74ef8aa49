/// One thing that load must hold, as the search for a load line sees it.
package enum LoadObjective: Sendable, Hashable {
    /// The latency from schedule at a quantile, such as 0.95, stays at or below a limit.
    case latency(quantile: Double, limit: Duration)
    /// The share of failed arrivals, drops included, stays at or below a limit.
    case errorRate(Double)
}
