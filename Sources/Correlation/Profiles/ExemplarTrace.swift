package import Telemetry

/// One whole trace in the form in which a waterfall shows it: small enough to be stored with every run.
package struct ExemplarTrace: Sendable, Hashable, Codable {
    /// One span of it.
    package struct Span: Sendable, Hashable, Codable {
        package var service: String
        package var name: String
        /// Literal-free query text.
        package var statement: String?
        /// Index of the caller in `spans`; `nil` for those the request itself called.
        package var parent: Int?
        /// Nanoseconds after the request was sent; clocks that disagree are cut off at 0.
        package var start: UInt64
        package var duration: UInt64
        /// Nanoseconds on the critical path in the span itself.
        package var critical: UInt64
        package var isError: Bool

        package init(
            service: String,
            name: String,
            statement: String? = nil,
            parent: Int?,
            start: UInt64,
            duration: UInt64,
            critical: UInt64,
            isError: Bool = false
        ) {
            self.service = service
            self.name = name
            self.statement = statement
            self.parent = parent
            self.start = start
            self.duration = duration
            self.critical = critical
            self.isError = isError
        }
    }

    /// More spans than this are left out and counted.
    package static let spanLimit = 250

    package var traceID: TraceID
    /// From sending to the last byte, nanoseconds.
    package var duration: UInt64
    /// Callers before those they call, siblings in order of start.
    package var spans: [Span]
    package var omittedSpans: Int

    package init(traceID: TraceID, duration: UInt64, spans: [Span], omittedSpans: Int = 0) {
        self.traceID = traceID
        self.duration = duration
        self.spans = spans
        self.omittedSpans = omittedSpans
    }
}

extension ExemplarTrace {
    /// `nil` for a trace without a root, of which nothing can be shown.
    package init?(
        _ trace: JoinedTrace,
        of sample: RequestSample,
        in spans: SpanTable,
        context: SpanContext,
        vocabulary: Vocabulary
    ) {
        guard let root = trace.root, !context.isEmpty else { return nil }
        self.init(
            traceID: trace.traceID,
            duration: sample.finishedAt > sample.sentAt ? sample.finishedAt - sample.sentAt : 0,
            spans: []
        )
        // An explicit stack, since a hostile trace can nest without end; every row enters once.
        var stack: [(row: Int, parent: Int?)] = trace.rows.filter { row in
            row == root || context.caller[row] == SpanCaller.generator
        }.reversed().map { ($0, nil) }
        while let next = stack.popLast() {
            guard self.spans.count < ExemplarTrace.spanLimit else { break }
            let row = next.row
            let operation = vocabulary.operation(spans.operation[row])
            let statement = vocabulary.string(spans.statement[row])
            let start = spans.startNanoseconds[row]
            self.spans.append(
                Span(
                    service: operation.service,
                    name: operation.name,
                    statement: statement.isEmpty ? nil : statement,
                    parent: next.parent,
                    start: start > sample.sentAt ? start - sample.sentAt : 0,
                    duration: spans.durationNanoseconds(of: row),
                    critical: context.critical[row],
                    isError: spans.flags[row].contains(.error) || !spans.errorType[row].isEmpty
                )
            )
            let number = self.spans.count - 1
            for child in Array(context.children(of: row)).reversed() { stack.append((child, number)) }
        }
        omittedSpans = max(0, trace.rows.count - self.spans.count)
    }
}
