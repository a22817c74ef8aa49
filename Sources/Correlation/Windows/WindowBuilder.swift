package import Telemetry

/// The spans of the traces that began in a minute → its window and the traces that prove what it shows.
///
/// Pure: the same spans give the same window, in whatever order they came. The walk is the one of a run's analysis.
package struct WindowBuilder: Sendable {
    /// What became of the spans.
    package struct Built: Sendable {
        package var window: TelemetryWindow
        /// Which traces to keep, each once.
        package var exemplars: [(trace: TraceID, role: ExemplarRole)]
        /// Deduplicated, sorted by trace.
        package var spans: SpanTable
        /// Copies that were left out.
        package var duplicateSpans: Int
    }

    private let vocabulary: Vocabulary
    private let limits: WindowLimits

    package init(vocabulary: Vocabulary, limits: WindowLimits = WindowLimits()) {
        self.vocabulary = vocabulary
        self.limits = limits
    }

    /// Builds the window that begins at `start`, Unix nanoseconds.
    ///
    /// Spans that lie beside the minute, because their trace reaches beyond it, count in its first or its last bin.
    package func build(start: UInt64, spans: SpanTable) -> Built {
        guard !spans.isEmpty else {
            return Built(window: TelemetryWindow(start: start), exemplars: [], spans: spans, duplicateSpans: 0)
        }
        let (_, run) = CorrelatedRun.observed(spans, vocabulary: vocabulary)
        var operations = OperationTally(start: start, vocabulary: vocabulary)
        operations.add(run)
        var paths = PathTally(limit: limits.paths)
        for test in run.tests { paths.add(test.profile) }
        var window = TelemetryWindow(start: start)
        window.traces = run.tests.reduce(0) { $0 + $1.traces.count }
        window.spans = run.spans.count
        window.operations = operations.windows(limits)
        window.paths = paths.paths
        return Built(
            window: window,
            exemplars: ExemplarChoice(run, limits: limits).traces,
            spans: run.spans,
            duplicateSpans: run.completeness.duplicateSpans + run.completeness.collidingSpans
        )
    }
}
