import Analysis
import ArgumentParser
import Foundation
import Reporting
import Runs

/// `plimsoll diagnose`: the analysis of a run on traces that are there already.
struct DiagnoseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diagnose",
        abstract: "Compare traces with those of a better time and name the culprit, without a load run.",
        discussion: """
            Traces may be files of OTLP (JSON, JSON lines or protobuf), Jaeger JSON or Zipkin v2 JSON, compressed or not; \
            folders of such files; or addresses that answer with them, such as a query of a Jaeger or a search of a Tempo. \
            --baseline may also be a run of the store. Without --baseline only what stands by itself is found.

            EXAMPLES
              plimsoll diagnose --current now.json.gz --baseline before.json.gz
              plimsoll diagnose --baseline latest --current \\
                'http://jaeger:16686/api/traces?service=shop&lookback=15m'
              plimsoll diagnose --metrics metrics.om.gz --current \\
                'http://tempo:3200/api/search?q={}&start=…&end=…&limit=500'
            """
    )

    @Option(name: .long, parsing: .upToNextOption, help: "Files, folders or addresses of the traces to explain.")
    var current: [String]

    @Option(name: .long, parsing: .upToNextOption, help: "The same of the time before, or a run of the store.")
    var baseline: [String] = []

    @Option(
        name: .long,
        parsing: .upToNextOption,
        help: "OpenMetrics or Prometheus text with timestamps, or a Prometheus server's address."
    )
    var metrics: [String] = []

    @Option(name: .long, help: "Folder for the artifacts (default: plimsoll-out/<run id>).")
    var out: String?

    @Option(name: .long, help: "SQLite file of runs; when it is named, the diagnosis is remembered there.")
    var store: String?

    @Option(name: .long, help: "The module under which the diagnosis is remembered.")
    var module = "diagnosis"

    @Flag(
        name: .long,
        help: "Print culprits and findings as JSON on standard output; people's words go to standard error."
    )
    var json = false

    @Flag(name: .long, help: "Print no words for people.")
    var quiet = false

    @Flag(name: .long, help: ArgumentHelp("Print how long each stage took.", visibility: .hidden))
    var timings = false

    func run() async throws {
        let times = StageTimes()
        do {
            let environment = ProcessInfo.processInfo.environment
            let pipeline = DiagnosisPipeline(
                settings: DiagnosisSettings(
                    current: current,
                    baseline: baseline,
                    metrics: metrics,
                    module: module,
                    output: out,
                    store: StoreOptions.path(store, environment: environment),
                    isRecorded: store != nil,
                    command: ShellWord.commandLine
                ),
                onNotice: { writeLine("plimsoll: \($0)", to: STDERR_FILENO) },
                times: times
            )
            let outcome = try await pipeline.execute()
            try show(outcome)
            if timings {
                let stages = times.all.map { "\"\($0.stage)\":\($0.seconds)" }.joined(separator: ",")
                writeLine("TIMINGS {\(stages)}", to: STDERR_FILENO)
            }
            try finish(outcome)
        } catch let failure as RunFailure {
            for line in failure.lines { writeLine(line, to: STDERR_FILENO) }
            throw ExitCode(failure.exitCode)
        }
    }

    private func show(_ outcome: RunOutcome) throws {
        if !quiet {
            try printVerdict(of: outcome, on: Terminal(descriptor: json ? STDERR_FILENO : STDOUT_FILENO))
        }
        if json {
            try writeResult(FindingsSummary(outcome.report, directory: outcome.directory).json(), to: STDOUT_FILENO)
        }
    }
}
