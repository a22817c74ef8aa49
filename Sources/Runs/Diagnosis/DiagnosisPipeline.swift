import Analysis
import Baselines
import Collectors
import Correlation
import Curl
import Foundation
import Plans
import Telemetry

/// The analysis of a run without the run: traces that are there already, beside those of a better time.
///
/// Traces have no load ledger; their roots stand for the requests, under the name of the operation they entered through.
package struct DiagnosisPipeline: Sendable {
    private let settings: DiagnosisSettings
    private let onNotice: @Sendable (String) -> Void
    private let times: StageTimes
    private let runID: String
    private let startedAt: Date
    private let output: String
    private let vocabulary = Vocabulary(byteLimit: 256 << 20)
    private let client = HTTPClient(connections: 4)

    /// Traces of different machines compare: nobody knows where they were measured.
    private static let environment = "traces"

    package init(
        settings: DiagnosisSettings,
        onNotice: @escaping @Sendable (String) -> Void,
        times: StageTimes = StageTimes()
    ) {
        self.times = times
        self.settings = settings
        self.onNotice = onNotice
        startedAt = Date()
        var random = SystemRandomNumberGenerator()
        runID = RunID(startedAt: startedAt, random: random.next()).text
        output = settings.output ?? "plimsoll-out/\(runID)"
    }

    /// Reads, correlates, compares, names the culprit, and leaves the artifacts.
    ///
    /// - Throws: `RunFailure` when there is nothing to report on.
    package func execute() async throws -> RunOutcome {
        let current = settings.current.flatMap(SourceName.all)
        let baseline = try await baselineSource()
        let metrics = settings.metrics.flatMap(SourceName.all)
        var delivery = ReportDelivery(output: output, secrets: SecretFilter([]), store: nil)
        if settings.isRecorded {
            delivery = ReportDelivery(output: output, secrets: SecretFilter([]), store: try store())
        }

        let sources = TraceSources(vocabulary: vocabulary, client: client)
        async let earlierWindow = window(of: baseline, sources)
        let now = try await DiagnosedWindow.read(
            current,
            of: "--current",
            with: sources,
            vocabulary: vocabulary,
            needsActivity: baseline.isTraces,
            times: times
        )
        let before = history(baseline, try await earlierWindow, of: now)
        let project = DiagnosisPlan(module: settings.module, endpoints: now.observed.names).project
        var warnings = now.losses + before.notes + overflows

        let series = SeriesStore()
        let window = now.range
        let reading = MetricSources(
            client: client,
            window: min(before.start ?? window.lowerBound, window.lowerBound)..<window.upperBound
        )
        warnings += try await reading.read(metrics, into: series)

        try delivery.prepare()
        let analysis = RunAnalysis(
            project: project,
            history: before.runs,
            resources: ResourceSeries.from(
                series.names.filter(ResourceSeries.understands).flatMap { series.points(named: $0, from: 0, to: .max) },
                cores: nil
            ),
            measurement: ResourceMeasurement(series: series, memoryQuotaMiB: nil, cpuQuotaCores: nil, overrides: []),
            settings: DiagnosisPipeline.comparison,
            activity: before.activity.flatMap { before in now.activity.map { (before: before, after: $0) } }
        )
        let report = times.measure("analyse") { analysis.report(on: now.run, as: identity(window), warnings: warnings) }
        return await times.measure("write") { await delivery.deliver(report, onNotice: onNotice) }
    }

    /// What a baseline is, once it is known to exist.
    private enum Earlier {
        case none
        case traces([SourceName])
        case run(RunReport)

        var isTraces: Bool { if case .traces = self { true } else { false } }
    }

    private struct History {
        /// By endpoint of the current window, newest first.
        var runs: [[BaselineRun]]
        /// Unix nanoseconds.
        var start: UInt64?
        /// Of all its traces together.
        var activity: WindowActivity?
        /// What a reader must know about it.
        var notes: [String] = []
    }

    // Before anything large is read: a run that does not exist should not cost minutes.
    private func baselineSource() async throws -> Earlier {
        let names = settings.baseline.flatMap(SourceName.all)
        guard let first = names.first else {
            guard settings.baseline.isEmpty else { throw RunFailure.badOption("--baseline names no file") }
            return .none
        }
        guard names.count == 1, case .other(let word) = first else { return .traces(names) }
        guard FileManager.default.fileExists(atPath: settings.store) else {
            throw RunFailure.badOption(
                "--baseline \(word) is no file and no http address, and there is no store at \(settings.store) with such a run"
            )
        }
        return .run(try await storedRun(word))
    }

    private func storedRun(_ word: String) async throws -> RunReport {
        let store = try store()
        var found: RunReport?
        let ids: [String]
        do throws(BaselineStoreError) {
            let matching =
                word == "latest"
                ? try await store.runs(limit: 1).map(\.id) : try await store.runIDs(beginningWith: word)
            ids = matching.contains(word) ? [word] : matching
            if ids.count == 1 { found = try await store.report(ids[0]) }
        } catch {
            throw RunFailure.badOption("--baseline: \(error)")
        }
        if let found { return found }
        throw RunFailure.badOption(
            ids.count > 1
                ? "--baseline \(word) may be any of \(ids.joined(separator: ", ")): give more of the id"
                : "--baseline \(word) is no file, no http address and no run of \(settings.store)"
        )
    }

    private func store() throws(RunFailure) -> BaselineStore {
        do throws(BaselineStoreError) {
            return try BaselineStore(path: settings.store)
        } catch {
            throw .badOption("\(error)")
        }
    }

    private func window(of baseline: Earlier, _ sources: TraceSources) async throws -> DiagnosedWindow? {
        guard case .traces(let names) = baseline else { return nil }
        return try await DiagnosedWindow.read(
            names,
            of: "--baseline",
            with: sources,
            vocabulary: vocabulary,
            needsActivity: true,
            times: times
        )
    }

    private func history(_ baseline: Earlier, _ window: DiagnosedWindow?, of now: DiagnosedWindow) -> History {
        var history = History(runs: now.observed.names.map { _ in [] })
        switch baseline {
        case .none:
            history.notes.append("there is no baseline: only what stands by itself can be found, not what has changed")
        case .run(let report):
            for (index, name) in now.observed.names.enumerated() {
                let match =
                    report.tests.first { $0.name == name } ?? report.tests.first { name.hasSuffix(": \($0.name)") }
                guard let match else { continue }
                history.runs[index] = [
                    BaselineRun(match, runID: report.run.id, environment: DiagnosisPipeline.environment)
                ]
            }
            history.start = report.run.startedAt
            history.notes.append(DiagnosisPipeline.singleBaseline)
        case .traces:
            guard let window else { break }
            history.start = window.range.lowerBound
            history.activity = window.activity
            history.notes = window.losses
            add(window, asLongAs: now.range.upperBound - now.range.lowerBound, of: now.observed.names, to: &history)
        }
        return history
    }

    /// Adds the runs that the window's stretches stand for.
    private func add(
        _ window: DiagnosedWindow,
        asLongAs length: UInt64,
        of names: [String],
        to history: inout History
    ) {
        let pieces = BaselineWindow(spans: window.spans).pieces(ofAtLeast: length)
        for (number, piece) in pieces.enumerated() {
            let run =
                pieces.count == 1
                ? window.run : times.measure("correlate") { CorrelatedRun.observed(piece, vocabulary: vocabulary).run }
            let tests = BaselineRun.all(
                run,
                module: settings.module,
                runID: pieces.count > 1 ? "baseline-\(number + 1)" : "baseline",
                environment: DiagnosisPipeline.environment
            )
            for test in tests {
                guard let index = names.firstIndex(of: test.profile.endpoint) else { continue }
                history.runs[index].append(test)
            }
        }
        if pieces.count == 1 { history.notes.append(DiagnosisPipeline.singleBaseline) }
    }

    private static let singleBaseline =
        "the baseline is one stretch of time: how much it varies by itself is assumed, not measured, so confidence is lower"

    /// Of traffic that nobody scheduled, rates say nothing about whether two stretches compare.
    private static var comparison: ComparisonSettings {
        var settings = ComparisonSettings()
        settings.rateTolerance = .infinity
        return settings
    }

    private var overflows: [String] {
        let overflow = vocabulary.overflowed
        guard overflow.strings + overflow.operations > 0 else { return [] }
        return ["\(overflow.strings) names and \(overflow.operations) operations beyond the limit were folded together"]
    }

    private func identity(_ window: Range<UInt64>) -> RunIdentity {
        RunIdentity(
            id: runID,
            lineageID: settings.module,
            moduleID: settings.module,
            editionID: "default",
            startedAt: window.lowerBound,
            endedAt: window.upperBound,
            wasInterrupted: false,
            targetURL: "",
            version: PlimsollVersion.current,
            engine: "traces",
            environment: DiagnosisPipeline.environment,
            command: settings.command
        )
    }
}
