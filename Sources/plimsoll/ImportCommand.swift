import ArgumentParser
import Glibc
import Runs

/// `plimsoll import`: reads traces that are there already.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Read trace files, or a Jaeger or Tempo, and show what Plimsoll takes the spans for.",
        discussion: """
            Files may be OTLP (JSON, JSON lines or protobuf), Jaeger JSON, Zipkin v2 JSON or the JSON answer of an \
            Application Insights query; the format is found by looking. With --jaeger or --tempo, the traces of \
            --service of the last --minutes are fetched.

            EXAMPLES
              plimsoll import traces.json.gz
              plimsoll import --jaeger http://127.0.0.1:16686 --service shop
            """
    )

    @Argument(help: "Trace files.", completion: .file())
    var files: [String] = []

    @Option(name: .long, help: "Address of a Jaeger query service, such as http://127.0.0.1:16686.")
    var jaeger: String?

    @Option(name: .long, help: "Address of a Tempo, such as http://127.0.0.1:3200.")
    var tempo: String?

    @Option(name: .long, help: "The service whose traces are fetched.")
    var service: String?

    @Option(name: .long, help: "How far back to fetch.")
    var minutes = 60

    @Option(name: .long, help: "Traces to fetch at most.")
    var limit = 100

    func validate() throws {
        guard !files.isEmpty || jaeger != nil || tempo != nil else {
            throw ValidationError("name a file, or --jaeger or --tempo with --service")
        }
        if jaeger != nil || tempo != nil {
            guard let service, !service.isEmpty else {
                throw ValidationError("--jaeger and --tempo need --service, such as --service checkout")
            }
        }
        guard (1...525_600).contains(minutes) else {
            throw ValidationError("--minutes must be 1...525600; found \(minutes)")
        }
        guard (1...10_000).contains(limit) else {
            throw ValidationError("--limit must be 1...10000; found \(limit)")
        }
    }

    func run() async throws {
        let traces = TraceImport()
        do throws(RunFailure) {
            for file in files { show(try traces.read(file: file)) }
            for (kind, url) in [(TraceImport.Backend.Kind.jaeger, jaeger), (.tempo, tempo)] {
                guard let url, let service else { continue }
                let backend = TraceImport.Backend(
                    kind: kind,
                    url: url.hasSuffix("/") ? String(url.dropLast()) : url,
                    service: service,
                    window: .seconds(60 * minutes),
                    limit: limit
                )
                show(try await traces.read(backend))
            }
        } catch {
            for line in error.lines { writeLine(line, to: STDERR_FILENO) }
            throw ExitCode(error.exitCode)
        }
        for line in ReceptionText.table(of: traces.operations()) { writeLine(line, to: STDOUT_FILENO) }
    }

    private func show(_ report: TraceImport.Report) {
        var line = "\(report.source): \(report.spans) spans"
        if let format = report.format { line += " of \(format)" }
        if report.rejected > 0 { line += ", \(report.rejected) rejected: \(report.reason)" }
        writeLine(line, to: STDOUT_FILENO)
    }
}
