/// One of the three kinds of telemetry in OTLP.
package enum Signal: String, Sendable, Hashable, CaseIterable {
    case traces, metrics, logs

    /// What a request of it holds, for messages.
    package var items: String {
        switch self {
        case .traces: "spans"
        case .metrics: "data points"
        case .logs: "log records"
        }
    }

    /// The field of a JSON answer that counts what was rejected.
    package var rejectedField: String {
        switch self {
        case .traces: "rejectedSpans"
        case .metrics: "rejectedDataPoints"
        case .logs: "rejectedLogRecords"
        }
    }

    var jsonMessage: JSONSchema.Message {
        switch self {
        case .traces: .traces
        case .metrics: .metrics
        case .logs: .logs
        }
    }
}
