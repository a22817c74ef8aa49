import ArgumentParser
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

    @Option(name: .long, help: "PEM file with a CA; every client must show a certificate of it.")
    var tlsClientCa: String?

    func validate() throws {
        guard (tlsCert == nil) == (tlsKey == nil) else {
            throw ValidationError("--tls-cert and --tls-key belong together: give both or neither")
        }
        guard tlsClientCa == nil || tlsCert != nil else {
            throw ValidationError("--tls-client-ca needs --tls-cert and --tls-key")
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
        settings.bearerTokens = token
        settings.basicCredentials = basic
        settings.allowedOrigins = corsOrigin
        settings.certificatePath = tlsCert
        settings.keyPath = tlsKey
        settings.clientCAPath = tlsClientCa
        return settings
    }

    /// What is to be read before anything else; `nil` where nobody else can reach the receivers, or only friends.
    var warning: String? {
        let isLoopback = host == "localhost" || host == "::1" || host.hasPrefix("127.")
        guard !isLoopback, tlsCert == nil || (token.isEmpty && basic.isEmpty && tlsClientCa == nil) else { return nil }
        return "warning: \(host) is open to others without TLS or without access control"
    }
}
