package import OTLP
package import Telemetry

/// A decoder and the sink that understands the numbers it hands out, as they belong together for one request.
///
/// A receiver asks once a request, so that a service that never ends can exchange both between two requests.
package struct ExportDestination: Sendable {
    /// Both, as of now; called concurrently from event loops.
    let current: @Sendable () -> (decoder: ExportDecoder, sink: any TelemetrySink)

    package init(_ current: @escaping @Sendable () -> (decoder: ExportDecoder, sink: any TelemetrySink)) {
        self.current = current
    }

    /// Always the same.
    package init(decoder: ExportDecoder, sink: any TelemetrySink) {
        current = { (decoder, sink) }
    }
}
