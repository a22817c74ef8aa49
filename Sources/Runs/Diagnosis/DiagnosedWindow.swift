import Analysis
import Collectors
import Correlation
import Telemetry

/// One side of a diagnosis: its spans as requests and traces.
struct DiagnosedWindow: Sendable {
    let spans: SpanTable
    let observed: ObservedLoad
    let run: CorrelatedRun
    /// `nil` where nothing is there to be compared with.
    let activity: WindowActivity?
    /// What was lost on the way, one sentence each.
    let losses: [String]

    /// Reads and correlates what `sources` hold; `option` is what they were named by.
    ///
    /// - Throws: `RunFailure` when something cannot be read, or holds no spans.
    static func read(
        _ sources: [SourceName],
        of option: String,
        with reader: TraceSources,
        vocabulary: Vocabulary,
        needsActivity: Bool,
        times: StageTimes
    ) async throws -> DiagnosedWindow {
        var read = try await times.measure("read") { try await reader.read(sources) }
        guard !read.spans.isEmpty else { throw RunFailure.badOption("\(option) holds no spans") }
        var losses: [String] = []
        if read.rejected > 0 {
            losses.append("\(read.rejected) spans of \(option) were invalid and left out: \(read.reason)")
        }
        // In place, so that no second table stands beside the one that was read.
        times.measure("correlate") { read.spans.sortByTrace() }
        let (observed, run) = times.measure("correlate") {
            CorrelatedRun.observed(read.spans, vocabulary: vocabulary, links: read.links, rejected: read.rejected)
        }
        return DiagnosedWindow(
            spans: read.spans,
            observed: observed,
            run: run,
            activity: needsActivity ? times.measure("analyse") { WindowActivity(run) } : nil,
            losses: losses
        )
    }

    /// From the first request's beginning to the last one's, Unix nanoseconds.
    var range: Range<UInt64> {
        let start = observed.load.tests.map(\.startedAt).min() ?? 0
        return start..<max(start + 1, observed.load.tests.map(\.endedAt).max() ?? 0)
    }
}
