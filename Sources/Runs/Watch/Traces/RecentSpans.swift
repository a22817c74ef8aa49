import Correlation
import Telemetry

/// The spans of one closed window as they are held in memory.
struct RecentSpans: Sendable {
    /// Sorted by trace.
    let spans: SpanTable
    let vocabulary: Vocabulary
    let traces: Int

    /// `spans` are sorted by trace.
    init(spans: SpanTable, vocabulary: Vocabulary) {
        self.spans = spans
        self.vocabulary = vocabulary
        traces = TraceRows(spans: spans).reduce(0) { count, _ in count + 1 }
    }

    /// As many whole traces, chosen by their ids, as fit into a number of bytes.
    func thinned(toBytes limit: Int) -> RecentSpans {
        guard spans.byteCount > limit else { return self }
        let share = Double(max(0, limit)) / Double(spans.byteCount)
        let end = UInt64(share * 0.95 * 4_294_967_296)
        var kept = spans.selecting(spans.indices.filter { spans.traceLow[$0] >> 32 < end }.map { UInt32($0) })
        kept.sortByTrace()
        return RecentSpans(spans: kept, vocabulary: vocabulary)
    }

    /// `nil` for a trace that is not here.
    func trace(_ id: TraceID) -> TraceDocument? {
        let rows = TraceRows(spans: spans).rows(of: id)
        return rows.isEmpty ? nil : TraceDocument(rows, of: spans, vocabulary: vocabulary)
    }

    /// Newest first; looks into `budget` documents at most, and takes off what it used.
    func traces(matching query: TraceQuery, limit: Int, budget: inout Int) -> [TraceDocument] {
        guard limit > 0, !spans.isEmpty else { return [] }
        let wanted = wantedOperations(query)
        let candidates = TraceRows(spans: spans).filter { trace in
            query.range.contains(trace.start) && query.durations.contains(trace.end - min(trace.start, trace.end))
                && (wanted.map { wanted in trace.rows.contains { wanted.contains(spans.operation[$0]) } } ?? true)
        }
        .sorted { ($1.start, $0.rows.lowerBound) < ($0.start, $1.rows.lowerBound) }
        var found: [TraceDocument] = []
        for candidate in candidates where found.count < limit {
            guard budget > 0 else { break }
            budget -= 1
            let document = TraceDocument(candidate.rows, of: spans, vocabulary: vocabulary)
            if query.matches(document) { found.append(document) }
        }
        return found
    }

    /// Every operation that occurs.
    var operations: Set<OperationKey> {
        Set(Set(spans.operation).map { vocabulary.operation($0) })
    }

    private func wantedOperations(_ query: TraceQuery) -> Set<OperationID>? {
        guard query.service != nil || query.operation != nil else { return nil }
        return Set(spans.operation).filter { id in
            let key = vocabulary.operation(id)
            return (query.service == nil || key.service == query.service)
                && (query.operation == nil || key.name == query.operation)
        }
    }
}
