import ArgumentParser
import Foundation
import Reporting
import Runs

/// `plimsoll flamegraph`: a picture of traces or profiles that are there already.
struct FlamegraphCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flamegraph",
        abstract: "Draw traces or a profiler's stacks as a flamegraph, or as a diff of two.",
        discussion: """
            Files may be traces (OTLP, Jaeger or Zipkin, as diagnose reads them), folded stacks, the text of perf script, or \
            pprof; compressed or not. A frame of traces is as wide as the critical-path time of a request.

            EXAMPLES
              plimsoll flamegraph traces.json.gz > flamegraph.svg
              plimsoll flamegraph now.json --diff before.json --output diff.svg
              perf script | plimsoll flamegraph /dev/stdin > cpu.svg
              plimsoll flamegraph heap.pb.gz --sample-type inuse_space > heap.svg
            """
    )

    @Argument(help: "Files, folders or addresses of traces, or files of profiles.")
    var files: [String]

    @Option(name: .long, parsing: .upToNextOption, help: "The same of the time before: what changed is coloured.")
    var diff: [String] = []

    @Option(name: .shortAndLong, help: "The SVG to write (default: standard output).")
    var output: String?

    @Option(name: .long, help: "Also write folded stacks here, for flamegraph.pl, inferno and speedscope.")
    var folded: String?

    @Option(
        name: .long,
        help:
            "What makes a frame of traces wide: critical, tail (slow requests alone), errors (failed ones alone) or self (work)."
    )
    var weigh = FlamegraphWeighing.critical

    @Option(name: .long, help: "Which value of a pprof, such as cpu or inuse_space (default: the profile's own).")
    var sampleType: String?

    @Option(name: .long, help: "Where frames of traces lead to: an http(s) address with {traceId} in it.")
    var link: TraceLink?

    func run() async throws {
        do {
            let pipeline = FlamegraphPipeline(
                files: files,
                baseline: diff,
                weighing: weigh,
                sampleType: sampleType,
                link: link
            )
            let document = try await pipeline.document()
            if let folded { try ReportFile.write(Array(document.folded().utf8), to: folded) }
            try ReportFile.write(Array(document.svg().utf8), to: output)
        } catch let failure as RunFailure {
            for line in failure.lines { writeLine(line, to: STDERR_FILENO) }
            throw ExitCode(failure.exitCode)
        } catch let error as ArtifactWriteError {
            writeLine("plimsoll: error: \(error)", to: STDERR_FILENO)
            throw ExitCode(2)
        }
    }
}

extension FlamegraphWeighing: ExpressibleByArgument {}

extension TraceLink: ExpressibleByArgument {
    init?(argument: String) { self.init(argument) }
}
