/// Where receivers and scrapers put what they collected.
package protocol TelemetrySink: Sendable {
    /// Takes one decoded batch.
    ///
    /// Called concurrently from event loops; must not suspend or do I/O. Returns how many spans it had no room for;
    /// the sink has counted them already.
    func append(_ batch: TelemetryBatch) -> Int
}
