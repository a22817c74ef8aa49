import ArgumentParser
import Glibc
import Runs

/// `plimsoll receive`: shows what a service sends, without a load run.
struct ReceiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receive",
        abstract: "Receive OTLP until Ctrl-C and show what came: to check that telemetry arrives, and as what.",
        discussion: """
            Listens on 127.0.0.1. Point a service at it with OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318. \
            Prints counts while it runs, and at the end the operations that the spans were taken for.

            EXAMPLES
              plimsoll receive
              plimsoll receive --http 0 --grpc 0
              plimsoll receive --host 0.0.0.0 --tls-cert c.pem --tls-key k.pem --token T
            """
    )

    @Option(name: .long, help: "Port for OTLP/HTTP; 0 takes a free one.")
    var http = 4318

    @Option(name: .long, help: "Port for OTLP/gRPC; 0 takes a free one.")
    var grpc = 4317

    @Option(name: .long, help: "MiB of spans to keep; past it whole traces are given up.")
    var storeMib = 256

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

        for port in [http, grpc] where !(0...65535).contains(port) {
            throw ValidationError("a port must be 0...65535, such as 4318; found \(port)")
        }
        guard storeMib > 0 else { throw ValidationError("--store-mib must be at least 1; found \(storeMib)") }
    }

    func run() async throws {
        var settings = ReceptionSettings()
        settings.httpPort = http
        settings.grpcPort = grpc
        settings.storeBytes = storeMib << 20
        settings.host = host
        settings.bearerTokens = token
        settings.basicCredentials = basic
        settings.allowedOrigins = corsOrigin
        settings.certificatePath = tlsCert
        settings.keyPath = tlsKey
        settings.clientCAPath = tlsClientCa
        if !["127.0.0.1", "::1", "localhost"].contains(host), tlsCert == nil || (token.isEmpty && basic.isEmpty) {
            writeLine("warning: \(host) is open to others without TLS or without access control", to: STDERR_FILENO)
        }
        let reception = Reception(settings: settings)
        let host = host
        let receiving = Task {
            try await reception.run { transport, port in
                writeLine("receiving OTLP/\(transport) on \(host):\(port)", to: STDERR_FILENO)
            }
        }
        let signals = InterruptSignals { receiving.cancel() }
        defer { withExtendedLifetime(signals) {} }
        let reporting = Task { await report(reception) }
        defer { reporting.cancel() }
        do {
            try await receiving.value
        } catch is CancellationError {
            // Ctrl-C is how this command ends.
        } catch let failure as RunFailure {
            for line in failure.lines { writeLine(line, to: STDERR_FILENO) }
            throw ExitCode(failure.exitCode)
        }
        reporting.cancel()
        writeLine(ReceptionText.summary(of: reception), to: STDOUT_FILENO)
    }

    private func report(_ reception: Reception) async {
        var last = ""
        while (try? await Task.sleep(for: .seconds(1))) != nil {
            let line = ReceptionText.line(reception.progress)
            if line != last { writeLine(line, to: STDERR_FILENO) }
            last = line
        }
    }
}
