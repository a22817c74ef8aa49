/// Where receivers and scrapers put what they collected.
package protocol TelemetrySink: Sendable {
    /// Takes one decoded batch.
    ///
    /// Called concurrently from event loops; must not suspend or do I/O. Returns what it had no room for; the sink has
    /// counted that already.
    func append(_ batch: TelemetryBatch) -> BatchRefusal
}
