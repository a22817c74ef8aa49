package import Analysis
import Correlation
import Curl
import Telemetry

/// A check of traces that are there already: windows are built from them first.
package struct CheckedTraces: Sendable {
    private let request: CheckRequest
    private let current: [String]
    private let baseline: [String]

    /// `current` and `baseline` are files, folders or addresses; those of the time before may stand apart, or be missing.
    package init(_ request: CheckRequest, current: [String], baseline: [String]) {
        self.request = request
        self.current = current
        self.baseline = baseline
    }

    /// Reads, builds windows, and checks; nothing is kept.
    ///
    /// - Throws: `RunFailure` for what cannot be read, and where it cannot be told who was deployed when.
    package func report() async throws -> CheckReport {
        if let problem = request.problem { throw RunFailure.badOption(problem) }
        let vocabulary = Vocabulary()
        let sources = TraceSources(vocabulary: vocabulary, client: HTTPClient(connections: 4))
        let now = try await read(current, of: "--current", sources, vocabulary)
        var before: [TelemetryWindow] = []
        if !baseline.isEmpty { before = try await read(baseline, of: "--baseline", sources, vocabulary).windows }
        let all = now.windows + before
        guard let service = request.service ?? CheckedTraces.onlyService(of: all) else {
            throw RunFailure.badOption("--service is missing: which of the services in the traces was deployed?")
        }
        let (at, version) = try deployed(service, now: now, hasBaseline: !before.isEmpty)
        let earlier = CheckedTraces.moved(before, toEndAt: at)
        let deploy = DeployMarker(service: service, version: request.version ?? version, at: at, source: .declared)
        let windows = CheckedTraces.merged(earlier + now.windows)
        let end = request.at ?? now.last + TelemetryWindow.binLength
        let oldest = windows.map(\.start).min() ?? at
        let known = min(end > at ? end - at : 0, at > oldest ? at - oldest : 0)
        var report = DeployCheck(settings: request.settings(elapsed: known)).report(
            on: deploy,
            windows: windows,
            deploys: [deploy],
            objectives: request.objectives(of: deploy),
            now: end
        )
        if earlier != before {
            report.reasons.append("the time before is another one: it was set to end where the traces of now begin")
        }
        return report
    }

    private struct Read {
        var windows: [TelemetryWindow]
        /// Unix nanoseconds of the first and the last trace.
        var first: UInt64
        var last: UInt64
    }

    private func read(
        _ words: [String],
        of option: String,
        _ sources: TraceSources,
        _ vocabulary: Vocabulary
    ) async throws -> Read {
        var window = try await sources.read(words.flatMap(SourceName.all))
        guard !window.spans.isEmpty else { throw RunFailure.badOption("\(option) holds no spans") }
        window.spans.sortByTrace()
        var rows: [UInt64: [UInt32]] = [:]
        var (first, last) = (UInt64.max, UInt64.zero)
        var row = 0
        let traces = window.spans
        while row < traces.count {
            let id = traces.traceID(of: row)
            var end = row + 1
            while end < traces.count, traces.traceID(of: end) == id { end += 1 }
            let start = (row..<end).map { traces.startNanoseconds[$0] }.min() ?? 0
            (first, last) = (min(first, start), max(last, start))
            rows[start / TelemetryWindow.length, default: []] += (row..<end).map { UInt32($0) }
            row = end
        }
        let stretch = (last - first) / TelemetryWindow.length
        guard last <= UInt64(Int64.max), stretch < UInt64(CheckedTraces.windowLimit) else {
            throw RunFailure.badOption("\(option) spreads over more than \(CheckedTraces.windowLimit) minutes")
        }
        let builder = WindowBuilder(vocabulary: vocabulary)
        let windows = rows.keys.sorted().map { minute in
            builder.build(start: minute * TelemetryWindow.length, spans: traces.selecting(rows[minute] ?? [])).window
        }
        return Read(windows: windows, first: first, last: last)
    }

    /// When it was deployed: as told, else where the traces of now begin, else where the version changes.
    private func deployed(
        _ service: String,
        now: Read,
        hasBaseline: Bool
    ) throws(RunFailure) -> (at: UInt64, version: String) {
        var versions: [String] = []
        var change: UInt64?
        for window in now.windows {
            for operation in window.operations where operation.operation.service == service {
                guard !operation.version.isEmpty, !versions.contains(operation.version) else { continue }
                if !versions.isEmpty { change = window.start }
                versions.append(operation.version)
            }
        }
        let newest = versions.last ?? ""
        if let at = request.deployedAt { return (at, newest) }
        if hasBaseline { return (now.first, newest) }
        if let change { return (change, newest) }
        throw .badOption(
            "--deployed is missing: when was \(service) deployed? Its service.version does not change in these traces"
        )
    }

    private static func onlyService(of windows: [TelemetryWindow]) -> String? {
        let services = Set(windows.flatMap { $0.operations.map(\.operation.service) })
        return services.count == 1 ? services.first : nil
    }

    /// Windows of another day, moved by whole minutes so that they end where the deploy was.
    private static func moved(_ windows: [TelemetryWindow], toEndAt at: UInt64) -> [TelemetryWindow] {
        guard let last = windows.map(\.start).max() else { return [] }
        let minute = TelemetryWindow.length
        let wanted = at / minute * minute
        // What ends in the minute of the deploy, or is too near to be another time, stays where it is.
        guard last + 3 * minute < wanted || last > wanted else { return windows }
        return windows.map { window in
            var window = window
            window.start = window.start &+ (wanted &- minute &- last)
            return window
        }
    }

    private static func merged(_ windows: [TelemetryWindow]) -> [TelemetryWindow] {
        var byStart: [UInt64: TelemetryWindow] = [:]
        for window in windows {
            if byStart[window.start] == nil {
                byStart[window.start] = window
            } else {
                byStart[window.start]?.merge(window)
            }
        }
        return byStart.values.sorted { $0.start < $1.start }
    }

    /// A fortnight, as long as the service remembers by itself.
    private static let windowLimit = 14 * 24 * 60
}
