extension EndpointComparison {
    /// Whether p95 rose beyond doubt, so that the rise may cost score and break limits derived from the baseline.
    ///
    /// Between one run and the next p95 moves by tens of percent without a cause; what is not significant is noise
    /// (decision 8).
    var hasCertainSlowdown: Bool {
        p95.decision == .regression && p95.confidence >= BaselineColumn.gatingConfidence
            && baselineRunIDs.count >= BaselineColumn.gatingRuns
    }
}
