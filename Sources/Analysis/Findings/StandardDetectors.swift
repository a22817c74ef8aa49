extension [any FindingDetector] {
    /// In the order the report shows them: causes before symptoms, regressions before what merely stands.
    package static var standard: Self {
        [
            .repeatedQuery,
            .errorHotSpot,
            .newOperation,
            .selfTimeRegression,
            .edgeLatency,
            .removedOperation,
            .criticalPathDominance,
        ]
    }

    /// Runs every detector, merges findings that tell the same story and puts the worst first.
    package func findings(in run: ComparedRun) -> [Finding] {
        FindingConsolidation.consolidate(flatMap { $0.findings(in: run) })
    }
}
