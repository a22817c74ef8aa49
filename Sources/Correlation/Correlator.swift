package import Telemetry

/// Joins a run's requests with its spans.
///
/// Pure: the same requests and spans give the same run, in whatever order and batches the spans came.
package struct Correlator: Sendable {
    private let numbering: RequestNumbering
    private let vocabulary: Vocabulary
    private let settings: CorrelationSettings

    package init(
        numbering: RequestNumbering,
        vocabulary: Vocabulary,
        settings: CorrelationSettings = CorrelationSettings()
    ) {
        self.numbering = numbering
        self.vocabulary = vocabulary
        self.settings = settings
    }

    /// - Parameters:
    ///   - load: what the generator measured; samples in any order.
    ///   - testNames: endpoint names, indexed by `TestLoad.test`.
    ///   - spans: a store's snapshot after the drain.
    ///   - rejectedSpans: spans the receiver refused as invalid.
    package func correlate(
        _ load: LoadResult,
        testNames: [String],
        spans: StoredSpans,
        rejectedSpans: Int
    ) -> CorrelatedRun {
        CorrelatedRun(
            vocabulary: vocabulary,
            spans: spans.spans.sortedByTrace(),
            tests: [],
            completeness: Completeness(),
            services: []
        )
    }
}
