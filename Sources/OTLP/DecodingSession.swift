import Telemetry

/// What decoding keeps from request to request: memories of names and values, and an arena.
///
/// Used by one request at a time.
struct DecodingSession: ~Copyable {
    let arena: DecodingArena
    var resources: ResourceDecoder
    var spans: SpanAssembler
    let metrics: MetricReader
    let logs: LogReader

    /// `nil` when there is no memory.
    init?(_ context: DecodingContext) {
        guard let arena = DecodingArena() else { return nil }
        let (vocabulary, limiter, limits) = (context.vocabulary, context.limiter, context.limits)
        self.arena = arena
        resources = ResourceDecoder(vocabulary: vocabulary, limiter: limiter, limits: limits)
        spans = SpanAssembler(vocabulary: vocabulary, limiter: limiter, limits: limits)
        metrics = MetricReader(totals: context.totals, limits: limits)
        logs = LogReader(vocabulary: vocabulary, limiter: limiter, limits: limits)
    }

    /// Whether its memories have learnt so much that a new session is better.
    var isFull: Bool { resources.isFull || spans.isFull }
}
