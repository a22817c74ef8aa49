import Collectors

/// What a receiver with TLS is started with; looked at again every few milliseconds.
struct TLSFiles: Sendable {
    var certificate: String
    var key: String
    var clientCA: String?

    init(_ pair: (certificate: String, key: String), clientCA: String? = nil) {
        certificate = pair.certificate
        key = pair.key
        self.clientCA = clientCA
    }

    func receiverTLS(counters: ReceiverCounters) throws -> ReceiverTLS {
        try ReceiverTLS(
            certificatePath: certificate,
            keyPath: key,
            clientCAPath: clientCA,
            reloadInterval: .milliseconds(20),
            counters: counters,
            logger: .silent
        )
    }
}
