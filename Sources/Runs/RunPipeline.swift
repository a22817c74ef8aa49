import Analysis
import Baselines
import Collectors
import Correlation
import Curl
import Foundation
import LoadGeneration
import Logging
import Plans
import Reporting
import Telemetry

/// One run from a project folder to its artifacts.
///
/// Start reading here.
package struct RunPipeline: Sendable {
    private let project: Project
    private let settings: RunSettings
    private let attempt: RetryAttempt?
    private let interruption: RunInterruption
    private let onEvent: @Sendable (RunEvent) -> Void
    private let runID: String
    private let output: String
    private let startedAt: Date
    private let numbering: RequestNumbering
    private let baselines: BaselineStore
    private let intake: TelemetryIntake
    private let generator: LoadGenerator
    private let client: HTTPClient
    private let notes = RunNotes()

    /// Validates everything that can be validated before a socket opens.
    ///
    /// - Parameters:
    ///   - project: as the one edition that is run has it.
    ///   - settings: what the command line says.
    ///   - attempt: of a repetition; `nil` for the first.
    ///   - interruption: Ctrl-C.
    ///   - onEvent: told of the progress, from any thread.
    /// - Throws: `RunFailure.badOption`; `.notCarriedOut` where the machine allows too few open files.
    init(
        project: Project,
        settings: RunSettings,
        attempt: RetryAttempt? = nil,
        interruption: RunInterruption,
        onEvent: @escaping @Sendable (RunEvent) -> Void
    ) throws(RunFailure) {
        self.project = project
        self.settings = settings
        self.attempt = attempt
        self.interruption = interruption
        self.onEvent = onEvent
        try OpenFiles.check()
        var random = SystemRandomNumberGenerator()
        startedAt = Date()
        runID = RunID(startedAt: startedAt, random: random.next()).text
        output = settings.output ?? "plimsoll-out/\(runID)"
        numbering = RequestNumbering(prefix: random.next() | 1, key: random.next())
        do {
            // The default folder does not exist before the first run; a failure shows when the store is opened.
            try? FileManager.default.createDirectory(
                at: URL(filePath: settings.store).deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            baselines = try BaselineStore(path: settings.store)
        } catch {
            throw RunFailure.badOption("\(error)")
        }
        generator = LoadGenerator(
            plan: project.planWithObjectives,
            numbering: numbering,
            runID: runID,
            settings: LoadSettings(userAgent: "plimsoll/\(PlimsollVersion.current)")
        )
        do { try generator.validate() } catch { throw RunFailure.badOption("\(error)") }
        client = HTTPClient(connections: 4)
        intake = TelemetryIntake(
            configuration: project.observability,
            port: settings.otlpPort ?? project.observability.otlpHTTPPort,
            numbering: numbering,
            client: client,
            logger: Logger(label: "plimsoll.run", factory: { _ in SwiftLogNoOpLogHandler() })
        )
    }

    /// Runs the plan: target, load, drain, correlation, comparison, findings, verdict, artifacts, store.
    ///
    /// With the report of another edition, every test is also set beside that edition's.
    ///
    /// - Throws: `RunFailure` when there is nothing to report on.
    func execute(beside edition: RunReport? = nil) async throws -> RunOutcome {
        // However the run ended: a target that could not be loaded has written its log all the same.
        defer { secrets.filter(file: targetLog) }
        do {
            return try await carryOut(beside: edition)
        } catch RunFailure.notCarriedOut(let cause) {
            // A cause may quote the target's own last words.
            throw RunFailure.notCarriedOut(secrets.filtered(cause))
        }
    }

    private func carryOut(beside edition: RunReport?) async throws -> RunOutcome {
        onEvent(.started(runID: runID, plan: project.plan))
        try delivery.prepare()

        let history = try await baselineRuns()
        let project = try await annotatedProject()
        let (load, run) = try await intake.whileListening { port in
            try await withTarget(otlpPort: port) { try await intake.whileScraping { try await measure() } }
        }

        onEvent(.analysing)
        let metricWarnings = await intake.readServer(during: load)
        let analysis = RunAnalysis(
            project: project,
            history: history,
            resources: resourceSeries,
            measurement: ResourceMeasurement(
                series: intake.series,
                memoryQuotaMiB: project.service.memoryQuotaMiB,
                cpuQuotaCores: cpuQuotaCores,
                overrides: project.observability.metricOverrides
            )
        )
        let identity = identity(of: load)
        var report = analysis.report(
            on: run,
            as: identity,
            warnings: RunWarnings(project: project, notes: notes.lines, load: load, run: run, intake: intake).lines
                + metricWarnings
        )

        if let edition {
            report.compare(with: edition, by: analysis, on: run)
        }

        report.retry = attempt?.history(with: report)
        let outcome = await delivery.deliver(report) { onEvent(.notice($0)) }
        await exportClientSpans(of: load)
        return outcome
    }

    /// What scraped metrics say of the services' resources during the run.
    private var resourceSeries: [ResourceSeries] {
        let series = ResourceSeries.metricNames.flatMap { intake.series.points(named: $0, from: 0, to: .max) }
        return ResourceSeries.from(series, cores: cpuQuotaCores)
    }

    private func measure() async throws -> (LoadResult, CorrelatedRun) {
        let load: LoadResult
        do {
            load = try await interruption.cancelling { [project, intake, generator, onEvent] in
                try await generator.run { progress in
                    let test = project.plan.tests[progress.test]
                    let arrivals = intake.traces.arrivals
                    onEvent(.load(progress, test: test, spans: arrivals.spans, roots: arrivals.roots))
                }
            }
        } catch let error as LoadError {
            throw RunFailure.notCarriedOut("\(error)")
        }
        let owed = load.tests.reduce(0) { $0 + Int($1.requestsAnswered) }
        let correlator = Correlator(numbering: numbering, vocabulary: intake.vocabulary)
        let names = project.plan.tests.map(\.name)
        let run = try await Drain(
            store: intake.traces,
            timeout: project.observability.drainTimeout,
            interruption: interruption
        ).run(rootsOwed: owed) { spans in
            correlator.correlate(
                load,
                testNames: names,
                spans: spans,
                rejectedSpans: intake.counters.snapshot.rejectedSpans
            )
        } onProgress: { arrivals in
            onEvent(.draining(rootsSeen: arrivals.roots, rootsOwed: owed, spans: arrivals.spans))
        }
        return (load, run)
    }

    private func withTarget<Value: Sendable>(
        otlpPort: Int,
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let target = project.plan.target
        let health = HealthCheck(target: target, client: client)
        guard let command = target.startCommand else {
            onEvent(.targetHealthy(after: try await health.wait(for: nil, interruption: interruption)))
            return try await body()
        }
        if await health.isAnswering() {
            throw RunFailure.notCarriedOut(
                "something already answers at \(health.url), so the target cannot be started there; "
                    + "stop it, or remove target.start to test what is running"
            )
        }
        onEvent(.startingTarget(command: command, healthURL: health.url))
        let process = TargetProcess(
            command: command,
            directory: project.directory,
            environment: TargetEnvironment(
                otlpPort: otlpPort,
                edition: project.plan.editionID,
                inherited: settings.environment
            ).variables,
            logPath: targetLog
        )
        let (series, interval) = (intake.series, project.observability.scrapeInterval)
        let value = try await process.whileRunning { running in
            onEvent(.targetHealthy(after: try await health.wait(for: running, interruption: interruption)))
            // From `/proc`, for a target that tells nothing of its own resources.
            let sampler = TargetProcessSampler(group: running.processGroup, interval: interval) { series.append($0) }
            let value = try await sampler.whileSampling(body)
            if !running.isAlive { note("the target ended during the run; its log: \(running.log.path)") }
            return value
        }
        if await health.isAnswering() {
            note(
                "\(health.url) still answers after the target was stopped: part of it left its process group "
                    + "(setsid, a daemon); stop it by hand, and let target.start stay in the foreground"
            )
        }
        return value
    }

    /// Told now, and again in the report.
    private func note(_ text: String) {
        notes.append(text)
        onEvent(.notice(text))
    }

    /// What recovered each test of the plan when it was repeated before.
    func retriesThatWorked() async -> [String: RetryRecord] {
        var known: [String: RetryRecord] = [:]
        for test in project.plan.tests { known[test.name] = try? await baselines.retryThatWorked(for: key(of: test)) }
        return known
    }

    /// Writes the artifacts of several attempts together; the store has each of them already.
    func deliver(_ report: RunReport) async -> RunOutcome {
        var delivery = delivery
        delivery.remembers = false
        return await delivery.deliver(report) { _ in }
    }

    /// The project with what people said over the service about its module, as far as the store has it.
    func annotatedProject() async throws -> Project {
        var project = project
        do {
            let stored = try await baselines.annotations(
                aboutRunsOf: project.plan.moduleID,
                editionID: project.plan.editionID
            )
            let now = UInt64(startedAt.timeIntervalSince1970 * 1e9)
            project.annotations += StoredNotes(stored, for: project.plan, now: now).notes
        } catch {
            throw RunFailure.badOption("\(error)")
        }
        return project
    }

    // Read before the load: a store that fails should not cost a measurement.
    private func baselineRuns() async throws -> [[BaselineRun]] {
        var runs: [[BaselineRun]] = []
        for test in project.plan.tests {
            do {
                runs.append(try await baselines.baselines(for: key(of: test)))
            } catch {
                throw RunFailure.badOption("\(error)")
            }
        }
        return runs
    }

    private func key(of test: TestDefinition) -> BaselineKey {
        BaselineKey(
            moduleID: project.plan.moduleID,
            editionID: project.plan.editionID,
            testType: test.type.rawValue,
            endpoint: test.name
        )
    }

    private func exportClientSpans(of load: LoadResult) async {
        guard let endpoint = project.observability.exportEndpoint else { return }
        let spans = ClientSpans(plan: project.plan, numbering: numbering, runID: runID)
        let dropped = await spans.export(load, to: endpoint)
        if dropped > 0 { onEvent(.notice("\(dropped) client spans could not be exported to \(endpoint)")) }
    }

    private var secrets: SecretFilter { SecretFilter(project.plan.target.secrets) }

    private var targetLog: String { URL(filePath: output).appending(path: "target.log").path }

    private var delivery: ReportDelivery {
        ReportDelivery(output: output, secrets: secrets, store: baselines, layout: settings.layout, project: project)
    }

    /// Of the service's metadata, else the machine's where the target runs beside us; elsewhere nobody knows.
    private var cpuQuotaCores: Double? {
        project.service.cpuQuotaCores
            ?? (project.plan.target.startCommand == nil ? nil : Double(ProcessInfo.processInfo.activeProcessorCount))
    }

    private func identity(of load: LoadResult) -> RunIdentity {
        RunIdentity(
            id: runID,
            lineageID: project.plan.lineageID,
            moduleID: project.plan.moduleID,
            editionID: project.plan.editionID,
            startedAt: UInt64(startedAt.timeIntervalSince1970 * 1e9),
            endedAt: WallClock.now(),
            // Ctrl-C after the load cuts the wait for spans short, so such a run is no baseline either.
            wasInterrupted: load.wasInterrupted || interruption.isRequested,
            targetURL: project.plan.target.baseURL,
            version: PlimsollVersion.current,
            engine: load.engine,
            environment: EnvironmentFingerprint.current(),
            command: settings.command
        )
    }
}
