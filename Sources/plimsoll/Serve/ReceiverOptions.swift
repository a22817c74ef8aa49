import ArgumentParser
import Authentication
import Listeners
import Runs

/// Where a command listens for telemetry, and whom it lets send.
struct ReceiverOptions: ParsableArguments {
    @Option(name: .long, help: "Port for OTLP/HTTP; 0 takes a free one.")
    var http = 4318

    @Option(name: .long, help: "Port for OTLP/gRPC; 0 takes a free one.")
    var grpc = 4317

    @Option(name: .long, help: "Address to listen on; anything but loopback wants --tls-cert and --token.")
    var host = "127.0.0.1"

    @Option(name: .long, help: "Token that clients must send (Authorization: Bearer TOKEN); may be repeated.")
    var token: [String] = []

    @Option(name: .long, help: "name:password that clients must send (Authorization: Basic …); may be repeated.")
    var basic: [String] = []

    @Option(name: .long, help: "Origin of a web page that may send from a browser; may be repeated.")
    var corsOrigin: [String] = []

    @Option(name: .long, help: "PEM file with the server's certificate chain; read again when it changes.")
    var tlsCert: String?

    @Option(name: .long, help: "PEM file with the key of --tls-cert.")
    var tlsKey: String?

    @Option(name: .long, help: "PEM file with a CA; every sender must show a certificate of it.")
    var tlsClientCa: String?

    @Option(name: .long, help: "Connections that one address may hold at a port, of 1024 in all.")
    var connectionsPerPeer = ConnectionLimits().connectionsPerPeer

    func validate() throws {
        guard (tlsCert == nil) == (tlsKey == nil) else {
            throw ValidationError("--tls-cert and --tls-key belong together: give both or neither")
        }
        guard tlsClientCa == nil || tlsCert != nil else {
            throw ValidationError("--tls-client-ca needs --tls-cert and --tls-key")
        }
        guard (1...1_024).contains(connectionsPerPeer) else {
            throw ValidationError("--connections-per-peer must be 1...1024, such as 512; found \(connectionsPerPeer)")
        }
        try ReceiverOptions.validate(port: http)
        try ReceiverOptions.validate(port: grpc)
    }

    static func validate(port: Int) throws {
        guard (0...65535).contains(port) else {
            throw ValidationError("a port must be 0...65535, such as 4318; found \(port)")
        }
    }

    var settings: ReceptionSettings {
        var settings = ReceptionSettings()
        settings.httpPort = http
        settings.grpcPort = grpc
        settings.host = host
        settings.credentials.given = given
        settings.allowedOrigins = corsOrigin
        settings.certificate = certificate(clientCA: tlsClientCa)
        settings.limits = limits
        return settings
    }

    var limits: ConnectionLimits { ConnectionLimits(connectionsPerPeer: connectionsPerPeer) }

    /// With a CA for clients, where a port asks for one; `nil` for plain text.
    func certificate(clientCA: String?) -> CertificateFiles? {
        guard let tlsCert, let tlsKey else { return nil }
        return CertificateFiles(certificate: tlsCert, key: tlsKey, clientCA: clientCA)
    }

    private var given: [AccessToken] {
        token.map { AccessToken(bearer: $0, name: "of --token", scopes: [.ingest]) }
            + basic.map { AccessToken(basic: $0, scopes: [.ingest]) }
    }

    /// What is to be read before anything else, for receivers with `settings`; `nil` where nobody else can reach them, or only
    /// friends.
    func warning(for settings: ReceptionSettings) -> String? {
        let isOpen = settings.credentials.isOpen && tlsClientCa == nil
        guard !Loopback.contains(host), tlsCert == nil || isOpen else { return nil }
        return "warning: \(host) is open to others without TLS or without access control"
    }
}
