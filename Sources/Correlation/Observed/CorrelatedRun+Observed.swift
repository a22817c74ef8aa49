package import Telemetry

extension CorrelatedRun {
    /// Correlates traces that somebody else started: their roots stand for the requests.
    ///
    /// Spans that are sorted by trace are not copied.
    package static func observed(
        _ spans: SpanTable,
        vocabulary: Vocabulary,
        links: [SpanLink] = [],
        rejected: Int = 0,
        settings: CorrelationSettings = CorrelationSettings()
    ) -> (load: ObservedLoad, run: CorrelatedRun) {
        let observed = ObservedLoad(spans, vocabulary: vocabulary)
        var stored = StoredSpans(spans: spans)
        stored.notes.links = links
        let run = Correlator(identity: observed.identity, vocabulary: vocabulary, settings: settings).correlate(
            observed.load,
            testNames: observed.names,
            spans: stored,
            rejectedSpans: rejected
        )
        return (observed, run)
    }
}
