import Correlation

@testable import Analysis

extension EndpointComparison {
    /// A comparison of which only the change matters, p95 and mean alike; before, one request in a thousand failed.
    static func change(
        from before: Double = 100,
        by ratio: Double,
        confidence: Double = 0.95,
        decision: ChangeDecision = .regression,
        runs: Int = 5
    ) -> EndpointComparison {
        let change = ChangeEstimate(
            before: before,
            after: before * ratio,
            p: 0.001,
            q: 0.001,
            confidence: confidence,
            decision: decision
        )
        return EndpointComparison(
            endpoint: "GET /",
            baselineRunIDs: (0..<runs).map { "run-\($0)" },
            baselineProfile: EndpointProfile(endpoint: "GET /"),
            p95: change,
            mean: change,
            baselineErrorRate: 0.001,
            baselineScore: 1,
            baselineStatus: "pass",
            paths: [],
            notComparable: nil
        )
    }
}
