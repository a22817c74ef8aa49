extension [any FindingDetector] {
    /// In the order the report shows them: causes before symptoms, regressions before what merely stands.
    package static var standard: Self {
        [
            .repeatedQuery,
            .repeatedCall,
            .fanOut,
            .errorHotSpot,
            .newOperation,
            .structuralMutation,
            .cacheMiss,
            .cpuSaturation,
            .memoryPressure,
            .garbageCollection,
            .deviceSaturation,
            .selfTimeRegression,
            .edgeLatency,
            .rankChange,
            .slowerTail,
            .removedOperation,
            .retryStorm,
            .timeoutCluster,
            .poolWait,
            .contention,
            .admissionQueue,
            .messagingLag,
            .unbalancedInstance,
            .versionSplit,
            .suppressedError,
            .abandonedWork,
            .largePayload,
            .sequentialCalls,
            .straggler,
            .crossZone,
            .callCycle,
            .attributeContrast,
            .multipleModes,
            .periodicStall,
            .warmUp,
            .unaccountedTime,
            .criticalPathDominance,
            .improvementPotential,
            .generatorGap,
            .lowCoverage,
            .brokenPropagation,
            .clockSkew,
            .duplicateSpans,
            .truncatedTraces,
        ]
    }

    /// Runs every detector, merges findings that tell the same story and puts the worst first.
    package func findings(in run: ComparedRun) -> [Finding] {
        let run = run.preparedForDetectors()
        return FindingConsolidation.consolidate(flatMap { $0.findings(in: run) })
    }
}
