package import Logging
import NIOCertificateReloading
import NIOSSL
import ServiceLifecycle

/// The certificate that receivers show, read again when its file changes, and whose clients they believe.
///
/// A service: running it is what looks at the files. Open connections live on with the certificate they began with, and
/// a pair that cannot be read leaves the one before in use and is counted. The CA of clients is read once.
package struct ReceiverTLS: Service {
    private let reloader: TimedCertificateReloader
    private let clientCAPath: String?

    /// Reads the files; `clientCAPath` makes every client show a certificate of that CA (mTLS).
    ///
    /// - Throws: `ReceiverError.certificate` when a file cannot be read.
    package init(
        certificatePath: String,
        keyPath: String,
        clientCAPath: String? = nil,
        reloadInterval: Duration = .seconds(10),
        counters: ReceiverCounters,
        logger: Logger
    ) throws(ReceiverError) {
        let configuration = TimedCertificateReloader.Configuration(
            refreshInterval: reloadInterval,
            certificateSource: .init(location: .file(path: certificatePath), format: .pem),
            privateKeySource: .init(location: .file(path: keyPath), format: .pem)
        ) {
            $0.logger = logger
            $0.onCertificateLoadFailed = { _ in counters.countCertificateFailure() }
        }
        do {
            reloader = try TimedCertificateReloader.makeReloaderValidatingSources(configuration: configuration)
            if let clientCAPath { _ = try NIOSSLCertificate.fromPEMFile(clientCAPath) }
        } catch {
            throw .certificate("\(error)")
        }
        self.clientCAPath = clientCAPath
    }

    package func run() async throws { try await reloader.run() }

    /// For a protocol by its name in TLS (ALPN).
    func configuration(for applicationProtocol: String) throws -> TLSConfiguration {
        var configuration: TLSConfiguration =
            if let clientCAPath {
                try .makeServerConfigurationWithMTLS(certificateReloader: reloader, trustRoots: .file(clientCAPath))
            } else {
                try .makeServerConfiguration(certificateReloader: reloader)
            }
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = [applicationProtocol]
        return configuration
    }
}
