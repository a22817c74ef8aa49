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
    private let runID: String
    private let startedAt: Date
    private let output: String
    private let vocabulary = Vocabulary(byteLimit: 256 << 20)
    private let client = HTTPClient(connections: 4)

    /// Traces of different machines compare: nobody knows where they were measured.
    private static let environment = "traces"

    package init(settings: DiagnosisSettings, onNotice: @escaping @Sendable (String) -> Void) {
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
        let now = try await sources.read(current)
        guard !now.spans.isEmpty else { throw RunFailure.badOption("--current holds no spans") }
        let (observed, run) = correlate(now.spans, rejected: now.rejected)
        let project = DiagnosisPlan(module: settings.module, endpoints: observed.names).project
        var warnings = DiagnosisPipeline.losses(now, "--current", vocabulary: vocabulary)

        let before = try await earlier(baseline, sources, observed: observed, warnings: &warnings)
        let series = SeriesStore()
        let window = DiagnosisPipeline.window(of: observed.load)
        let reading = MetricSources(
            client: client,
            window: min(before.start ?? window.lowerBound, window.lowerBound)..<window.upperBound
        )
        warnings += try await reading.read(metrics, into: series)

        try delivery.prepare()
        let analysis = RunAnalysis(
            project: project,
            history: before.history,
            resources: ResourceSeries.from(
                series.names.filter(ResourceSeries.understands).flatMap { series.points(named: $0, from: 0, to: .max) },
                cores: nil
            ),
            measurement: ResourceMeasurement(series: series, memoryQuotaMiB: nil, cpuQuotaCores: nil, overrides: []),
            settings: DiagnosisPipeline.comparison,
            earlier: before.activity
        )
        let report = analysis.report(on: run, as: identity(window), warnings: warnings)
        return await delivery.deliver(report, onNotice: onNotice)
    }

    /// What a baseline is, once it is known to exist.
    private enum Earlier {
        case none
        case traces([SourceName])
        case run(RunReport)
    }

    private struct History {
        var history: [[BaselineRun]]
        /// Unix nanoseconds.
        var start: UInt64?
        /// Of all its traces together.
        var activity: WindowActivity?
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

    private func correlate(_ spans: SpanTable, rejected: Int) -> (ObservedLoad, CorrelatedRun) {
        let observed = ObservedLoad(spans, vocabulary: vocabulary)
        let run = Correlator(identity: observed.identity, vocabulary: vocabulary)
            .correlate(
                observed.load,
                testNames: observed.names,
                spans: StoredSpans(spans: spans),
                rejectedSpans: rejected
            )
        return (observed, run)
    }

    private func earlier(
        _ baseline: Earlier,
        _ sources: TraceSources,
        observed: ObservedLoad,
        warnings: inout [String]
    ) async throws -> History {
        var history = History(history: observed.names.map { _ in [] })
        switch baseline {
        case .none:
            warnings.append("there is no baseline: only what stands by itself can be found, not what has changed")
        case .run(let report):
            for (index, name) in observed.names.enumerated() {
                let match =
                    report.tests.first { $0.name == name } ?? report.tests.first { name.hasSuffix(": \($0.name)") }
                guard let match else { continue }
                history.history[index] = [
                    BaselineRun(match, runID: report.run.id, environment: DiagnosisPipeline.environment)
                ]
            }
            history.start = report.run.startedAt
            warnings.append(DiagnosisPipeline.singleBaseline)
        case .traces(let names):
            let window = try await sources.read(names)
            guard !window.spans.isEmpty else { throw RunFailure.badOption("--baseline holds no spans") }
            warnings += DiagnosisPipeline.losses(window, "--baseline", vocabulary: vocabulary)
            let length = DiagnosisPipeline.window(of: observed.load)
            let pieces = BaselineWindow(spans: window.spans, vocabulary: vocabulary)
                .pieces(ofAtLeast: length.upperBound - length.lowerBound)
            if pieces.count > 1 { history.activity = WindowActivity(correlate(window.spans, rejected: 0).1) }
            for (number, piece) in pieces.enumerated() {
                let (load, run) = correlate(piece, rejected: 0)
                if pieces.count == 1 { history.activity = WindowActivity(run) }
                history.start = min(history.start ?? .max, DiagnosisPipeline.window(of: load.load).lowerBound)
                let name = pieces.count > 1 ? "baseline-\(number + 1)" : "baseline"
                for test in BaselineRun.all(
                    run,
                    module: settings.module,
                    runID: name,
                    environment: DiagnosisPipeline.environment
                ) {
                    guard let index = observed.names.firstIndex(of: test.profile.endpoint) else { continue }
                    history.history[index].append(test)
                }
            }
            if pieces.count == 1 { warnings.append(DiagnosisPipeline.singleBaseline) }
        }
        return history
    }

    private static let singleBaseline =
        "the baseline is one stretch of time: how much it varies by itself is assumed, not measured, so confidence is lower"

    /// Of traffic that nobody scheduled, rates say nothing about whether two stretches compare.
    private static var comparison: ComparisonSettings {
        var settings = ComparisonSettings()
        settings.rateTolerance = .infinity
        return settings
    }

    private static func window(of load: LoadResult) -> Range<UInt64> {
        let start = load.tests.map(\.startedAt).min() ?? 0
        return start..<max(start + 1, load.tests.map(\.endedAt).max() ?? 0)
    }

    private static func losses(_ window: TraceSources.Window, _ option: String, vocabulary: Vocabulary) -> [String] {
        var lines: [String] = []
        if window.rejected > 0 {
            lines.append("\(window.rejected) spans of \(option) were invalid and left out: \(window.reason)")
        }
        let overflow = vocabulary.overflowed
        if overflow.strings + overflow.operations > 0 {
            lines.append(
                "\(overflow.strings) names and \(overflow.operations) operations beyond the limit were folded together"
            )
        }
        return lines
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
