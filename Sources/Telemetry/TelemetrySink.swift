/// Where receivers and scrapers put what they collected.
package protocol TelemetrySink: Sendable {
    /// Takes one decoded batch.
    ///
    /// Called concurrently from event loops; must not suspend or do I/O. Returns what it had no room for; the sink has
    /// counted that already.
    func append(_ batch: TelemetryBatch) -> BatchRefusal
}

/// How much of a batch found no room.
package struct BatchRefusal: Sendable, Hashable {
    package var spans: Int
    package var points: Int
    package var logs: Int

    package init(spans: Int = 0, points: Int = 0, logs: Int = 0) {
        self.spans = spans
        self.points = points
        self.logs = logs
    }
}
