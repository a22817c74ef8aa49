import Analysis
import ArgumentParser
import Foundation
import Reporting
import Runs
import Telemetry

/// `plimsoll check`: says whether a deploy is fine.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say whether a deploy is fine: the time after it against the time before.",
        discussion: """
            Without options the newest deploy in the store that `plimsoll serve` fills. Deploys are known by \
            `plimsoll deploy`, over HTTP, and by themselves where service.version changes.

            EXAMPLES
              plimsoll check                                     the newest deploy
              plimsoll check --service orders --version 1.4.2    this one
              plimsoll check --wait                              a deploy of just now: as soon as anything can be said
              plimsoll check --watch --webhook https://hooks.slack.com/services/…
              plimsoll check --server http://plimsoll:4320       the store of a service elsewhere
              plimsoll check --current now.json --baseline before.json --service orders
              plimsoll check --current 'http://tempo:3200/api/search?q={}&…' --service orders --deployed 2026-11-22T09:30:00Z

            EXIT CODES
              0 fine   1 anomalous   2 bad input or usage   3 not carried out   5 not enough to tell
            """
    )

    @Option(name: .long, help: "service.name of what was deployed.")
    var service: String?

    @Option(name: .customLong("version"), help: "service.version that was deployed.")
    var deployedVersion: String?

    @Option(name: .customLong("deploy"), help: "Id of the deploy, as `plimsoll deploy --list --json` tells it.")
    var deployID: String?

    @Option(
        name: .customLong("deployed"),
        help: "When it was, where nobody marked it: 2026-11-22T09:30:00Z or Unix seconds."
    )
    var deployedAt: DeployTime?

    @Option(name: .long, help: "Look as if it were this moment (default: now).")
    var at: DeployTime?

    @Option(
        name: .long,
        help: "Time compared on either side, such as 15m; below 10m bins of 10 s are compared, which is less sure."
    )
    var window: CheckWindow?

    @Option(name: .long, help: "SQLite file of the service (default: as `plimsoll serve`).")
    var store: String?

    @OptionGroup var remote: ServiceOptions

    @Option(name: .long, parsing: .upToNextOption, help: "Instead of the store: files, folders or addresses of traces.")
    var current: [String] = []

    @Option(
        name: .long,
        parsing: .upToNextOption,
        help: "With --current: the traces of the time before, where they stand apart."
    )
    var baseline: [String] = []

    @Option(name: .long, help: "Percent of the service's requests that must be good, such as 99.5.")
    var slo: Double?

    @Option(name: .long, help: "Milliseconds from which a request is bad, too; with --slo.")
    var sloLatency: Double?

    @Option(name: .long, help: "Folder for anomaly-report.json, .md and .html.")
    var out: String?

    @Flag(name: .long, help: "Print one line of JSON; people's words go to standard error.")
    var json = false

    @Flag(name: .long, help: "Print no words for people.")
    var quiet = false

    @Flag(name: .long, help: "Where it is too early, wait until the minutes that lack are stored, 3 minutes at most.")
    var wait = false

    @Flag(name: .long, help: "Look at every time of --looks after the deploy, until something is wrong.")
    var watch = false

    @Option(name: .long, help: "When --watch looks after the deploy: up to four times.")
    var looks = CheckLooks.standard

    @OptionGroup var notification: CheckNotification

    func validate() throws {
        if let slo, !(slo > 0 && slo < 100) { throw ValidationError("--slo must be between 0 and 100; found \(slo)") }
        if sloLatency != nil, slo == nil { throw ValidationError("--slo-latency needs --slo") }
        if !baseline.isEmpty, current.isEmpty { throw ValidationError("--baseline needs --current") }
        if store != nil, remote.server != nil { throw ValidationError("--store or --server: only one can be asked") }
        if !current.isEmpty, watch || wait || store != nil || remote.server != nil {
            throw ValidationError("--current stands alone: leave out --watch, --wait, --store and --server")
        }
        if watch, wait { throw ValidationError("--watch waits already: leave out --wait") }
        if watch || wait, at != nil { throw ValidationError("--watch and --wait look at what is now; leave out --at") }
        if let problem = request.problem { throw ValidationError(problem) }
    }

    /// What the options ask.
    private var request: CheckRequest {
        var request = CheckRequest(deploy: deployID, service: service, version: deployedVersion, at: at?.nanoseconds)
        request.deployedAt = deployedAt?.nanoseconds
        request.windowSeconds = window?.seconds
        request.objectives = slo.map {
            [CheckRequest.Objective(target: $0 / 100, latencyMilliseconds: sloLatency)]
        }
        return request
    }

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        do {
            let report = try await answer(environment)
            throw ExitCode(Int32(report.verdict.exitCode))
        } catch let failure as RunFailure {
            for line in failure.lines { writeLine(line, to: STDERR_FILENO) }
            throw ExitCode(failure.exitCode)
        } catch let failure as ArtifactWriteError {
            writeLine("plimsoll: error: \(failure)", to: STDERR_FILENO)
            throw ExitCode(3)
        }
    }

    private func answer(_ environment: [String: String]) async throws -> CheckReport {
        if !current.isEmpty {
            return try await show(try await CheckedTraces(request, current: current, baseline: baseline).report())
        }
        let place: any CheckPlace =
            try remote.service(environment: environment)
            ?? StoredChecks(path: StoreOptions.path(store, environment: environment))
        let repeated = RepeatedLooks(place, looks: looks.nanoseconds, now: WallClock.now) { moment in
            try await Task.sleep(for: .nanoseconds(Int64(clamping: moment - min(WallClock.now(), moment))))
        }
        if wait { return try await show(try await repeated.wait(request, waiting: announce)) }
        guard watch else { return try await show(try await place.check(request)) }
        return try await repeated.watch(request, waiting: announce) { _ = try await show($0) }
    }

    private func announce(_ moment: UInt64) {
        guard !quiet else { return }
        writeLine("plimsoll: the next look is at \(Timestamp.readable(moment))", to: STDERR_FILENO)
    }

    /// Prints and writes a report, and tells whom it concerns.
    private func show(_ report: CheckReport) async throws -> CheckReport {
        var path: String?
        if let out {
            try ArtifactWriter(directory: out).write(try CheckArtifacts.render(report))
            path = "\(out)/\(CheckArtifacts.names[2])"
        }
        if !quiet {
            let terminal = Terminal(descriptor: json ? STDERR_FILENO : STDOUT_FILENO)
            let verdict = CheckVerdict(
                report,
                reportPath: path,
                usesColour: terminal.hasColour,
                width: terminal.columns
            )
            writeLine(verdict.text, to: terminal.descriptor, terminator: "")
        }
        if json { try writeResult(CheckSummary(report, directory: out).json(), to: STDOUT_FILENO) }
        await tell(report)
        return report
    }

    /// Never changes a verdict: what could not be told is said on standard error.
    private func tell(_ report: CheckReport) async {
        do throws(RunFailure) {
            let notices = try notification.notices(environment: ProcessInfo.processInfo.environment)
            let outcome = await notices.publish(report)
            if let issue = outcome.issue {
                writeLine("issue \(issue == .created ? "opened" : "updated")", to: STDERR_FILENO)
            }
            for failure in outcome.failures { writeLine("plimsoll: error: \(failure)", to: STDERR_FILENO) }
        } catch {
            for line in error.lines { writeLine(line, to: STDERR_FILENO) }
        }
    }
}
