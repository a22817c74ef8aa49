import Synchronization
package import Telemetry

/// What traces bring besides spans: events, links, and log records, each bounded; what finds no room is counted.
///
/// Past a limit the later ones are dropped: they are evidence beside a finding, not a sample that is counted.
package final class TraceNotes: Sendable {
    /// Everything kept at one moment, in order of arrival.
    package struct Contents: Sendable {
        package var events: [SpanEvent] = []
        package var links: [SpanLink] = []
        package var logs: [LogRecord] = []
        package var droppedEvents = 0
        package var droppedLinks = 0
        package var droppedLogs = 0

        package init() {}
    }

    private let contents = Mutex(Contents())
    private let limit: Int

    /// `limit` holds for each kind.
    init(limit: Int = 100_000) {
        self.limit = limit
    }

    /// Takes those of this run's traces, links to them, and log records of no trace.
    ///
    /// Returns how many log records found no room.
    func append(_ batch: TelemetryBatch, numbering: RequestNumbering?) -> Int {
        guard !(batch.events.isEmpty && batch.links.isEmpty && batch.logs.isEmpty) else { return 0 }
        func isOurs(_ trace: TraceID) -> Bool { numbering.map { trace.high == $0.prefix } ?? true }
        let events = batch.events.filter { isOurs($0.traceID) }
        let links = batch.links.filter { isOurs($0.traceID) || isOurs($0.linkedTraceID) }
        let logs = batch.logs.filter { isOurs($0.traceID) || !$0.traceID.isValid }
        return contents.withLock { contents in
            contents.droppedEvents += TraceNotes.add(events, to: &contents.events, limit: limit)
            contents.droppedLinks += TraceNotes.add(links, to: &contents.links, limit: limit)
            let dropped = TraceNotes.add(logs, to: &contents.logs, limit: limit)
            contents.droppedLogs += dropped
            return dropped
        }
    }

    func snapshot() -> Contents { contents.withLock { $0 } }

    private static func add<Note>(_ new: [Note], to kept: inout [Note], limit: Int) -> Int {
        let room = max(0, limit - kept.count)
        kept.append(contentsOf: new.prefix(room))
        return max(0, new.count - room)
    }
}
