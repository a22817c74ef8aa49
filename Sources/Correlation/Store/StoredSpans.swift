package import Telemetry

/// The spans a trace store held at one moment.
package struct StoredSpans: Sendable {
    /// Of this run's traces, in no particular order; a trace is here whole or not at all.
    package var spans: SpanTable
    /// How many spans of other traces came.
    package var foreign: Int
    /// How many spans of this run's traces found no room.
    package var evicted: Int
    /// The first of the foreign spans, to say who sends them.
    package var foreignSpans: SpanTable
    /// Events, links and log records of this run's traces.
    package var notes = TraceNotes.Contents()

    package init(spans: SpanTable, foreign: Int = 0, evicted: Int = 0, foreignSpans: SpanTable = SpanTable()) {
        self.spans = spans
        self.foreign = foreign
        self.evicted = evicted
        self.foreignSpans = foreignSpans
    }

    /// Hands the spans over, so that who takes them holds them alone.
    mutating func takeSpans() -> SpanTable {
        var taken = SpanTable()
        swap(&taken, &spans)
        return taken
    }
}
