package import Logging
import NIOCertificateReloading
package import NIOSSL
import ServiceLifecycle

/// The certificate that ports show, read again when its file changes, and whose clients they believe.
///
/// A service: running it is what looks at the files. Open connections live on with the certificate they began with, and
/// a pair that cannot be read leaves the one before in use.
package struct ListenerTLS: Service {
    private let files: CertificateFiles
    private let reloader: TimedCertificateReloader

    /// Reads the files; `onFailure` is called each time they cannot be read again.
    package init(
        _ files: CertificateFiles,
        reloadInterval: Duration = .seconds(10),
        logger: Logger,
        onFailure: @escaping @Sendable () -> Void
    ) throws(CertificateFailure) {
        let configuration = TimedCertificateReloader.Configuration(
            refreshInterval: reloadInterval,
            certificateSource: .init(location: .file(path: files.certificate), format: .pem),
            privateKeySource: .init(location: .file(path: files.key), format: .pem)
        ) {
            $0.logger = logger
            $0.onCertificateLoadFailed = { _ in onFailure() }
        }
        do {
            reloader = try TimedCertificateReloader.makeReloaderValidatingSources(configuration: configuration)
            if let clientCA = files.clientCA { _ = try NIOSSLCertificate.fromPEMFile(clientCA) }
        } catch {
            throw CertificateFailure(description: "\(error)")
        }
        self.files = files
    }

    package func run() async throws { try await reloader.run() }

    /// For a protocol by its name in TLS (ALPN).
    package func configuration(for applicationProtocol: String) throws -> TLSConfiguration {
        var configuration: TLSConfiguration =
            if let clientCA = files.clientCA {
                try .makeServerConfigurationWithMTLS(certificateReloader: reloader, trustRoots: .file(clientCA))
            } else {
                try .makeServerConfiguration(certificateReloader: reloader)
            }
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = [applicationProtocol]
        return configuration
    }
}
