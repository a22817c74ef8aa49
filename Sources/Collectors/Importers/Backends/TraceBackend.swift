import Curl
package import Telemetry

/// A trace store that is asked over HTTP.
package protocol TraceBackend: Sendable {
    /// One trace; `nil` when the store has none of this id.
    func trace(_ id: TraceID) async throws(ImportError) -> TraceImporter.Result?

    /// Traces that touch a service and began between the two ends, Unix nanoseconds; `limit` of them at most.
    func search(
        service: String,
        from start: UInt64,
        to end: UInt64,
        limit: Int
    ) async throws(ImportError) -> [TraceImporter.Result]
}
