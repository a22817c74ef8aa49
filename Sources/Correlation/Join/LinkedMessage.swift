package import Telemetry

/// A message that a consumer's span link tells of: who sent it, and who took it when.
///
/// The consumer's span is mostly in a trace of its own, which is none of the run's.
package struct LinkedMessage: Sendable, Hashable {
    /// Row of the producer's span in `CorrelatedRun.spans`.
    package var producer: Int
    package var consumer: OperationID
    package var consumerSpanID: UInt64
    /// Unix nanoseconds; on the consumer's own clock where its trace is not one of the run's.
    package var takenAt: UInt64

    package init(producer: Int, consumer: OperationID, consumerSpanID: UInt64, takenAt: UInt64) {
        self.producer = producer
        self.consumer = consumer
        self.consumerSpanID = consumerSpanID
        self.takenAt = takenAt
    }
}

extension LinkedMessage {
    /// The messages that links of consumers to producers tell of, in order of the producers' rows.
    ///
    /// A consumer that is its producer's child as well is left to its parent, and a link that came twice counts once.
    /// - Parameters:
    ///   - links: in any order.
    ///   - run: whose spans producers are looked for in, and consumers.
    ///   - others: spans of other traces, for consumers.
    /// - Returns: one a pair of producer and consumer.
    static func all(_ links: [SpanLink], in run: RunSpans, others: SpanTable) -> [LinkedMessage] {
        guard !links.isEmpty else { return [] }
        let finder = SpanFinder(run)
        var strangers: [StrangerKey: Int] = [:]
        for row in others.indices where others.kind[row] == .consumer {
            let key = StrangerKey(trace: others.traceID(of: row), span: others.spanID[row])
            // Of copies the earliest, whichever came first.
            if let known = strangers[key], others.startNanoseconds[known] <= others.startNanoseconds[row] { continue }
            strangers[key] = row
        }
        var messages: Set<LinkedMessage> = []
        for link in links {
            guard let producer = finder.row(of: link.linkedSpanID, in: link.linkedTraceID),
                run.spans.kind[producer] == .producer
            else { continue }
            if let row = finder.row(of: link.spanID, in: link.traceID) {
                guard run.spans.kind[row] == .consumer, run.forest.callers[row] != Int32(producer) else { continue }
                messages.insert(LinkedMessage(producer: producer, row: row, of: run.spans))
            } else if let row = strangers[StrangerKey(trace: link.traceID, span: link.spanID.rawValue)] {
                messages.insert(LinkedMessage(producer: producer, row: row, of: others))
            }
        }
        return messages.sorted {
            ($0.producer, $0.takenAt, $0.consumerSpanID) < ($1.producer, $1.takenAt, $1.consumerSpanID)
        }
    }

    private init(producer: Int, row: Int, of spans: SpanTable) {
        self.init(
            producer: producer,
            consumer: spans.operation[row],
            consumerSpanID: spans.spanID[row],
            takenAt: spans.startNanoseconds[row]
        )
    }

    private struct StrangerKey: Hashable {
        var trace: TraceID
        var span: UInt64
    }
}
