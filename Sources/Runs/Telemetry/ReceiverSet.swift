import Collectors
import Listeners
import Logging
import ServiceLifecycle

/// The receivers that settings ask for, OTLP/HTTP and OTLP/gRPC, with what they share.
struct ReceiverSet: Sendable {
    let settings: ReceptionSettings
    let destination: ExportDestination
    let counters: ReceiverCounters
    let logger: Logger

    /// Services that have not begun to listen.
    ///
    /// - Throws: `ReceiverError` when the certificate cannot be used.
    func services(
        onListening: @escaping @Sendable (String, Int) -> Void
    ) throws(ReceiverError) -> [any Service] {
        let budget = InFlightBudget()
        var receiver = ReceiverSettings(bodyBytes: settings.bodyBytes, limits: settings.limits)
        receiver.host = settings.host
        receiver.credentials = settings.credentials
        receiver.allowedOrigins = settings.allowedOrigins
        let tls = try makeTLS()
        var services: [any Service] = [
            OTLPHTTPReceiver(
                port: settings.httpPort,
                destination: destination,
                counters: counters,
                logger: logger,
                budget: budget,
                settings: receiver,
                tls: tls,
                onListening: { onListening("http", $0) }
            ),
            OTLPGRPCReceiver(
                port: settings.grpcPort,
                destination: destination,
                counters: counters,
                budget: budget,
                settings: receiver,
                tls: tls,
                onListening: { onListening("grpc", $0) }
            ),
        ]
        if let tls { services.append(tls) }
        return services
    }

    private func makeTLS() throws(ReceiverError) -> ListenerTLS? {
        guard let certificate = settings.certificate else { return nil }
        do {
            return try ListenerTLS(certificate, logger: logger) { [counters] in counters.countCertificateFailure() }
        } catch {
            throw ReceiverError(error)
        }
    }
}
