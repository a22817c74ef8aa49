package import Telemetry

/// A run's requests joined with its spans: the input of every detector.
///
/// Values only; safe to share.
package struct CorrelatedRun: Sendable {
    package var vocabulary: Vocabulary
    /// Deduplicated, sorted by trace; `JoinedTrace.rows` index into it.
    package var spans: SpanTable
    package var tests: [CorrelatedTest]
    /// Sum over tests, plus what belongs to no test.
    package var completeness: Completeness
    /// Every service that sent a span, in order.
    package var services: [String]

    package init(
        vocabulary: Vocabulary,
        spans: SpanTable,
        tests: [CorrelatedTest],
        completeness: Completeness,
        services: [String]
    ) {
        self.vocabulary = vocabulary
        self.spans = spans
        self.tests = tests
        self.completeness = completeness
        self.services = services
    }
}
