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

    package init(
        vocabulary: Vocabulary,
        spans: SpanTable,
        context: SpanContext = SpanContext(),
        tests: [CorrelatedTest],
        completeness: Completeness,
        services: [String],
        clocks: [ClockOffset] = []
    ) {
        self.vocabulary = vocabulary
        self.spans = spans
        self.context = context
        self.clocks = clocks
        self.tests = tests
        self.completeness = completeness
        self.services = services
    }
}

/// One test of the plan with its traces and the profile over them.
package struct CorrelatedTest: Sendable {
    package var load: TestLoad
    /// The endpoint's name in the plan.
    package var name: String
    /// Traces of measured requests (no warm-up), in order of request number.
    package var traces: [JoinedTrace]
    package var completeness: Completeness
    /// Over complete traces only.
    package var profile: EndpointProfile

    package init(
        load: TestLoad,
        name: String,
        traces: [JoinedTrace],
        completeness: Completeness,
        profile: EndpointProfile
    ) {
        self.load = load
        self.name = name
        self.traces = traces
        self.completeness = completeness
        self.profile = profile
    }
}

/// One request and the spans that belong to it.
package struct JoinedTrace: Sendable {
    package var traceID: TraceID
    /// Index into `TestLoad.samples`.
    package var sample: Int
    package var state: TraceState
    /// Rows of `CorrelatedRun.spans`; empty when nothing arrived.
    package var rows: Range<Int>
    /// The span whose parent is the injected client span.
    package var root: Int?

    package init(traceID: TraceID, sample: Int, state: TraceState, rows: Range<Int>, root: Int?) {
        self.traceID = traceID
        self.sample = sample
        self.state = state
        self.rows = rows
        self.root = root
    }
}

/// The one state in which an issued trace id ends (`spec/analysis.md` section 2).
package enum TraceState: String, Sendable, Hashable, CaseIterable, Codable, CodingKeyRepresentable {
    /// Root seen, every parent resolved, every call to an instrumented service has its server span.
    case complete
    /// Spans came, but not the one called by the generator.
    case rootMissing
    /// The root came, but a span names a parent that did not.
    case orphaned
    /// A call to an instrumented service lacks its server span.
    case truncated
    /// Sent with sampling off.
    case unsampled
    /// Answered, but no span came before the drain ended.
    case neverArrived
    /// The request itself never went out or was cut off, so no trace is owed.
    case notSent
}

/// What became of the trace ids that were issued.
///
/// The states sum to `requested`.
package struct Completeness: Sendable, Hashable, Codable {
    package var requested = 0
    package var states: [TraceState: Int] = [:]
    /// Spans of this run, after deduplication.
    package var spans = 0
    package var duplicateSpans = 0
    package var collidingSpans = 0
    /// Spans with a trace id that is not ours.
    package var foreignSpans = 0
    /// Spans the store had no room for.
    package var evictedSpans = 0
    /// Spans the receiver refused as invalid.
    package var rejectedSpans = 0

    package init() {}

    package subscript(state: TraceState) -> Int { states[state] ?? 0 }

    /// Requests that owe a trace.
    package var sampled: Int { requested - self[.unsampled] - self[.notSent] }

    /// Complete over sampled, 0...1; `nil` when no trace was owed.
    package var coverage: Double? { sampled == 0 ? nil : Double(self[.complete]) / Double(sampled) }

    package var isBalanced: Bool { states.values.reduce(0, +) == requested }

    package mutating func merge(_ other: Completeness) {
        requested += other.requested
        states.merge(other.states, uniquingKeysWith: +)
        spans += other.spans
        duplicateSpans += other.duplicateSpans
        collidingSpans += other.collidingSpans
        foreignSpans += other.foreignSpans
        evictedSpans += other.evictedSpans
        rejectedSpans += other.rejectedSpans
    }
}
