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
              plimsoll check --watch --webhook https://hooks.slack.com/services/…
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

    @Flag(name: .long, help: "Look again 5, 15, 30 and 60 minutes after the deploy, until something is wrong.")
    var watch = false

    @OptionGroup var notification: CheckNotification

    func validate() throws {
        if let slo, !(slo > 0 && slo < 100) { throw ValidationError("--slo must be between 0 and 100; found \(slo)") }
        if sloLatency != nil, slo == nil { throw ValidationError("--slo-latency needs --slo") }
        if !baseline.isEmpty, current.isEmpty { throw ValidationError("--baseline needs --current") }
        if watch, !current.isEmpty { throw ValidationError("--watch needs the store: files do not grow") }
        if watch, at != nil { throw ValidationError("--watch looks at what is now; leave out --at") }
        try notification.check()
    }

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        var request = CheckRequest(store: StoreOptions.path(store, environment: environment))
        if !current.isEmpty { request.source = .traces(current: current, baseline: baseline) }
        request.service = service
        request.version = deployedVersion
        request.deployID = deployID
        request.at = deployedAt?.nanoseconds
        request.now = at?.nanoseconds
        request.window = window?.nanoseconds
        request.objective = slo.map { $0 / 100 }
        request.objectiveMilliseconds = sloLatency
        do {
            let report = watch ? try await watched(request) : try await look(request)
            throw ExitCode(Int32(report.verdict.exitCode))
        } catch let failure as RunFailure {
            for line in failure.lines { writeLine(line, to: STDERR_FILENO) }
            throw ExitCode(failure.exitCode)
        } catch let failure as ArtifactWriteError {
            writeLine("plimsoll: error: \(failure)", to: STDERR_FILENO)
            throw ExitCode(3)
        }
    }

    private func look(_ request: CheckRequest) async throws -> CheckReport {
        let report = try await CheckPipeline(request).execute()
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
        await notification.publish(report)
        return report
    }

    /// Looks until something is wrong or the last look is over.
    private func watched(_ request: CheckRequest) async throws -> CheckReport {
        let deploy = try await CheckPipeline(request).deploy()
        var fixed = request
        fixed.deployID = deploy.id
        let schedule = CheckSchedule(deployedAt: deploy.at, looks: DeployCheckSettings().looks)
        while true {
            let now = WallClock.now()
            if schedule.done(at: now) > 0 || schedule.next(after: now) == nil {
                let report = try await look(fixed)
                if report.verdict == .anomalous || schedule.next(after: now) == nil { return report }
            }
            guard let next = schedule.next(after: now) else { continue }
            if !quiet {
                writeLine("plimsoll: the next look is at \(Timestamp.readable(next))", to: STDERR_FILENO)
            }
            try await Task.sleep(for: .nanoseconds(Int64(next - min(now, next))))
        }
    }
}
