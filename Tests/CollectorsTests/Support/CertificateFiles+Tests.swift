import Collectors
import Listeners

extension CertificateFiles {
    init(_ pair: (certificate: String, key: String), clientCA: String? = nil) {
        self.init(certificate: pair.certificate, key: pair.key, clientCA: clientCA)
    }

    /// Looked at again every few milliseconds.
    func listenerTLS(counters: ReceiverCounters) throws -> ListenerTLS {
        try ListenerTLS(self, reloadInterval: .milliseconds(20), logger: .silent) { counters.countCertificateFailure() }
    }
}
