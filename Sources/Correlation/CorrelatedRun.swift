package import Telemetry

/// A run's requests joined with its spans: the input of every detector.
///
/// Values only; safe to share.
package struct CorrelatedRun: Sendable {
    package var vocabulary: Vocabulary
    /// Deduplicated, sorted by trace; `JoinedTrace.rows` index into it.
    package var spans: SpanTable
    /// What the walk found out about each of `spans`.
    package var context: SpanContext
    package var tests: [CorrelatedTest]
    /// Sum over tests, plus what belongs to no test.
    package var completeness: Completeness
    /// Every service that sent a span, in order.
    package var services: [String]
    /// How the clocks of hosts that call one another differ, in order of hosts.
    package var clocks: [ClockOffset]
    /// What span links tell of messages, in order of the producers' rows.
    package var messages: [LinkedMessage]

    package init(
        vocabulary: Vocabulary,
        spans: SpanTable,
        context: SpanContext = SpanContext(),
        tests: [CorrelatedTest],
        completeness: Completeness,
        services: [String],
        clocks: [ClockOffset] = [],
        messages: [LinkedMessage] = []
    ) {
        self.vocabulary = vocabulary
        self.spans = spans
        self.context = context
        self.clocks = clocks
        self.messages = messages
        self.tests = tests
        self.completeness = completeness
        self.services = services
    }
}
