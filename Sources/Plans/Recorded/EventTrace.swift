/// `event-trace.json`: what was recorded of asynchronous messages and their queues, to compare a run with.
package struct EventTrace: Sendable, Hashable {
    package struct Event: Sendable, Hashable {
        package var name: String
        package var queue: String?
        /// From sending to having been handled.
        package var p50Milliseconds: Double
        package var p95Milliseconds: Double
    }

    package struct Queue: Sendable, Hashable {
        package var name: String
        /// The most messages that waited.
        package var peakDepth: Double

        package init(name: String, peakDepth: Double) {
            self.name = name
            self.peakDepth = peakDepth
        }
    }

    package var events: [Event] = []
    package var queues: [Queue] = []
    package var source: String

    package init(source: String) {
        self.source = source
    }

    /// The most that waited in all queues together.
    package var peakDepth: Double? { queues.isEmpty ? nil : queues.reduce(0) { $0 + $1.peakDepth } }
}
