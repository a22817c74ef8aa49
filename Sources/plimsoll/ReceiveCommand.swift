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

    @OptionGroup var receiver: ReceiverOptions

    @Option(name: .long, help: "MiB of spans to keep; past it whole traces are given up.")
    var storeMib = 256

    func validate() throws {
        guard storeMib > 0 else { throw ValidationError("--store-mib must be at least 1; found \(storeMib)") }
    }

    func run() async throws {
        var settings = receiver.settings
        settings.storeBytes = storeMib << 20
        if let warning = receiver.warning(for: settings) { writeLine(warning, to: STDERR_FILENO) }
        let reception = Reception(settings: settings)
        let host = receiver.host
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
