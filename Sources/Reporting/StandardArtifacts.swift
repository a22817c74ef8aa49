extension [any ArtifactRenderer] {
    /// In the order a reader wants them: the machine's summary, the evidence, the pages for people.
    package static var standard: Self {
        [
            .perfMetrics, .traceSummary, .findings, .loadTraceMap, .scoreLog, .studioPreview, .regressionAlert,
            .flamegraph, .flamegraphDiff, .foldedStacks, .html, .markdown, .junit, .loadPerformance, .badge, .run,
        ]
    }
}
