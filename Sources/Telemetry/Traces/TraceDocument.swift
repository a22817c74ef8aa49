/// One trace with all that is known of its spans: what is shown, answered to Grafana, and stored as evidence.
///
/// Everything in it came from outside and is hostile text: escape it wherever it is shown.
package struct TraceDocument: Sendable, Hashable, Codable {
    /// More spans than this are left out and counted.
    package static let spanLimit = 5_000

    package var traceID: TraceID
    /// In order of start; of equal starts callers before those they call.
    package var spans: [SpanDocument]
    package var omittedSpans: Int

    package init(traceID: TraceID, spans: [SpanDocument], omittedSpans: Int = 0) {
        self.traceID = traceID
        self.spans = spans
        self.omittedSpans = omittedSpans
    }

    /// The earliest span without a caller here.
    package var root: SpanDocument? {
        let known = Set(spans.map(\.spanID))
        return spans.first { $0.parentID.map { !known.contains($0) } ?? true } ?? spans.first
    }

    /// From the first span's start to the last one's end, Unix nanoseconds.
    package var range: Range<UInt64> {
        let start = spans.map(\.start).min() ?? 0
        return start..<max(start, spans.map(\.end).max() ?? 0)
    }
}
