import Statistics

extension FirstLookReport {
    private static let named = [("p50", 0.5), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99), ("p99.9", 0.999)]

    /// In brackets what too few samples lie beyond.
    static func quantiles(of histogram: LatencyHistogram) -> String {
        guard !histogram.isEmpty else { return "no data" }
        let parts = named.compactMap { name, p in
            QuantileEstimate(p, of: histogram).map { estimate in
                let text = "\(name) \(Quantity.milliseconds(estimate.value))"
                return estimate.isReliable ? text : "(\(text))"
            }
        }
        return (parts + ["max \(Quantity.milliseconds(nanoseconds: histogram.maximum))"]).joined(separator: "  ")
    }

    /// How exactly the quantiles are known.
    static func precision(of histogram: LatencyHistogram) -> String {
        let parts = named.filter { ["p50", "p95", "p99"].contains($0.0) }.compactMap { name, p -> String? in
            guard let estimate = QuantileEstimate(p, of: histogram), estimate.isReliable, let low = estimate.low,
                let high = estimate.high
            else { return nil }
            return "\(name) \(Quantity.milliseconds(low)) to \(Quantity.milliseconds(high))"
        }
        if parts.isEmpty { return "too few samples to say how exact these are" }
        return "95 % sure: " + parts.joined(separator: ", ") + "; in brackets: fewer than 10 samples beyond"
    }
}
