import Telemetry

/// A run's spans with everything learnt about them: what each trace is read against.
struct RunSpans {
    let spans: SpanTable
    let forest: SpanForest
    let operations: OperationTable
    let evidence: CallEvidence

    /// Takes spans that are deduplicated and sorted by trace.
    init(_ spans: SpanTable, identity: RequestIdentity, vocabulary: Vocabulary, settings: CorrelationSettings) {
        self.spans = spans
        forest = SpanForest(spans, identity: identity)
        operations = OperationTable(spans, vocabulary: vocabulary)
        evidence = CallEvidence(spans, forest: forest, operations: operations, settings: settings)
    }

    /// The span that the generator called: the earliest, if there are several.
    func root(of rows: Range<Int>) -> Int? { rows.first { forest.callers[$0] == SpanForest.generator } }

    /// Conditions 1 to 4 of `spec/analysis.md` section 2.
    ///
    /// The fifth, the quiet period, is the drain's.
    func state(of sample: RequestSample, rows: Range<Int>, isSampled: Bool) -> TraceState {
        if sample.outcome.wasDropped || sample.outcome == .aborted { return .notSent }
        if rows.isEmpty {
            if sample.outcome.neverReachedTarget { return .notSent }
            return isSampled ? .neverArrived : .unsampled
        }
        if root(of: rows) == nil { return .rootMissing }
        if rows.contains(where: { forest.callers[$0] == SpanForest.missing }) { return .orphaned }
        if rows.contains(where: { evidence.lacksServerSpan($0, in: spans) }) { return .truncated }
        return .complete
    }
}

extension RequestOutcome {
    // A reset, a timeout or another transport error may strike after the target has taken the request.
    fileprivate var neverReachedTarget: Bool { self == .dns || self == .refused || self == .tls }
}
