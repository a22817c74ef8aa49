import Analysis
import ArgumentParser
import Foundation
import Reporting
import Runs

/// `plimsoll run`: one run from a project folder to its verdict.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Load a service, join its spans, compare with the baseline, name the culprit.",
        discussion: """
            Reads test-suite.plan.yaml and its companions from a folder, starts the target if the plan says how, \
            and writes artifacts. The first runs that pass become the baseline that later runs are compared with.

            EXAMPLES
              plimsoll run                            the project in perf/ (or here)
              plimsoll run perf --ci --post           in a pipeline, with a comment
              plimsoll run perf --edition free --edition premium
              plimsoll run perf --retries 2           repeat what came out badly
              plimsoll run perf --quiet --json | jq .culprits
            """
    )

    @Argument(
        help: "Project folder or plan file (default: perf/ if it holds a plan, else this folder).",
        completion: .file()
    )
    var project: String?

    @Option(
        name: .long,
        help: "Edition to run instead of the plan's; repeat it to compare several, each with the first."
    )
    var edition: [String] = []

    @Option(name: .long, help: "Folder for the artifacts (default: plimsoll-out/<run id>).")
    var out: String?

    @Option(
        name: .long,
        help: "SQLite file of baselines (default: $XDG_DATA_HOME or ~/.local/share, then plimsoll/plimsoll.db)."
    )
    var store: String?

    @Option(name: .long, help: "Port of the OTLP/HTTP receiver; 0 takes a free one (default: 4318).")
    var otlpPort: Int?

    @Flag(name: .long, help: "For pipelines: no progress, and a score below 0.85 fails the gate.")
    var ci = false

    @Flag(inversion: .prefixedNo, help: "Whether `degraded` fails the gate (default: as the plan says, else it does).")
    var failOnDegraded: Bool?

    @Flag(name: .long, help: "What only the comparison with the baseline says warns, and lets the run pass.")
    var warnOnRegression = false

    @Option(name: .long, help: "The least score that passes the gate, 0...1.")
    var minScore: Double?

    @Option(name: .long, help: "Repetitions of a test that came out badly, 0...3 (default: as the plan says, else 0).")
    var retries: Int?

    @Flag(name: .long, help: "Print nothing but the verdict.")
    var quiet = false

    @Flag(name: .long, help: "Print the verdict as JSON on standard output; people's words go to standard error.")
    var json = false

    @OptionGroup(title: "Artifacts") var layout: LayoutOptions
    @OptionGroup(title: "CI") var publication: Publication

    func validate() throws {
        if let otlpPort, !(0...65535).contains(otlpPort) {
            throw ValidationError("--otlp-port must be 0...65535, such as 4318; found \(otlpPort)")
        }
        if let minScore, !(0...1).contains(minScore) {
            throw ValidationError("--min-score must be 0...1, such as 0.85; found \(minScore)")
        }
        if let retries, !(0...3).contains(retries) {
            throw ValidationError("--retries must be 0...3, such as 1; found \(retries)")
        }
    }

    func run() async throws {
        let display = ProgressDisplay(terminal: Terminal(descriptor: STDERR_FILENO), isQuiet: quiet || ci)
        let interruption = RunInterruption()
        let signals = InterruptSignals {
            // Impatience is answered at once; the target's leash (`TargetProcess`) still takes its group down.
            // Two signals at the same moment are one wish: service managers and terminals send them in pairs.
            if let since = interruption.timeSinceRequest {
                if since > .milliseconds(300) { _exit(130) }
                return
            }
            display.notice("stopping: requests in flight get a second, then the artifacts are written")
            interruption.request()
        }
        defer { withExtendedLifetime(signals) {} }
        do {
            let environment = ProcessInfo.processInfo.environment
            let runs = try EditionRuns(
                settings: settings(environment),
                interruption: interruption,
                onEvent: { display.show($0) }
            )
            let outcomes = await runs.execute()
            display.finish()
            for edition in outcomes.editions {
                if let outcome = try? edition.result.get() { await publication.publish(outcome.shared) }
            }
            if let only = outcomes.editions.first, outcomes.editions.count == 1 {
                let outcome = try only.result.get()
                try print(outcome)
                try finish(outcome)
            }
            try print(outcomes)
            throw ExitCode(outcomes.exitCode)
        } catch let failure as RunFailure {
            display.finish()
            for line in failure.lines { writeLine(line, to: STDERR_FILENO) }
            throw ExitCode(failure.exitCode)
        }
    }

    private func settings(_ environment: [String: String]) -> RunSettings {
        var settings = RunSettings(
            project: project,
            editions: edition,
            output: out,
            store: StoreOptions.path(store, environment: environment),
            otlpPort: otlpPort,
            environment: environment,
            command: ShellWord.commandLine,
            layout: layout.layout
        )
        settings.gate.isPipeline = ci
        settings.gate.failsOnDegraded = failOnDegraded
        settings.gate.warnsOnRegression = warnOnRegression ? true : nil
        settings.gate.minimumScore = minScore
        settings.retries = retries
        return settings
    }

    private var people: Terminal { Terminal(descriptor: json ? STDERR_FILENO : STDOUT_FILENO) }

    private func print(_ outcome: RunOutcome) throws {
        if !(json && quiet) { try printVerdict(of: outcome, on: people) }
        if json {
            try writeResult(VerdictSummary(outcome.report, directory: outcome.directory).json(), to: STDOUT_FILENO)
        }
    }

    private func print(_ outcomes: EditionOutcomes) throws {
        if !(json && quiet) {
            for edition in outcomes.editions {
                switch edition.result {
                case .success(let outcome): try printVerdict(of: outcome, on: people)
                case .failure(let failure): for line in failure.lines { writeLine(line, to: STDERR_FILENO) }
                }
            }
            for line in outcomes.table.lines(width: people.columns) { try writeResult(line, to: people.descriptor) }
        }
        if json { try writeResult(outcomes.table.json, to: STDOUT_FILENO) }
        for failure in outcomes.failures { writeLine("plimsoll: error: \(failure)", to: STDERR_FILENO) }
    }
}
