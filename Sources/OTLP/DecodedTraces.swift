package import Telemetry

/// What one OTLP trace request brought.
package struct DecodedTraces: Sendable {
    package var batch: TelemetryBatch
    /// Spans left out, exactly: the client must not send them again.
    package var rejectedSpans: Int
    /// English, naming what to fix; a warning when no span was rejected, empty when there is nothing to say.
    package var rejectionReason: String

    package init(batch: TelemetryBatch, rejectedSpans: Int = 0, rejectionReason: String = "") {
        self.batch = batch
        self.rejectedSpans = rejectedSpans
        self.rejectionReason = rejectionReason
    }
}
