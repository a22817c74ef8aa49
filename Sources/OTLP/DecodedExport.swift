package import Telemetry

/// What one OTLP request brought.
package struct DecodedExport: Sendable {
    package var batch = TelemetryBatch()
    /// Spans, data points or log records left out, exactly: the client must not send them again.
    package var rejected = 0
    /// English, naming what to fix; a warning when nothing was rejected, empty when there is nothing to say.
    package var reason = ""
    /// Valid log records that belong to no trace and tell of no error: counted, not kept.
    package var unkeptLogs = 0

    package init() {}
}
