import Telemetry
import TestSupport

@testable import Correlation

/// The walk over one request of a run, in words that tests can compare.
struct WalkedRequest {
    struct Segment: Hashable, CustomStringConvertible {
        var name: String
        /// From sending.
        var start: UInt64
        var end: UInt64
        /// The child that ran meanwhile, if any.
        var overlappedBy: String?

        var description: String { "\(name) \(start)–\(end)\(overlappedBy.map { " over \($0)" } ?? "")" }
    }

    /// In order of time.
    var segments: [Segment] = []
    /// `nil` when the walk broke conservation.
    var confidence: Double?
    var tiles: Bool
    var duration: UInt64

    /// Walks every request of a run, in order of number.
    static func all(
        of run: SyntheticRun,
        spans: SpanTable? = nil,
        settings: CorrelationSettings = CorrelationSettings()
    ) -> [WalkedRequest] {
        let correlated = run.correlated(spans: spans, settings: settings)
        let sorted = RunSpans(
            correlated.spans,
            identity: .issued(run.numbering),
            vocabulary: run.vocabulary,
            settings: settings
        )
        var walk = TraceWalk(sorted, settings: settings)
        return correlated.tests.flatMap { test in
            test.traces.map { WalkedRequest(test.load.samples[$0.sample], rows: $0.rows, walk: &walk) }
        }
    }

    private init(_ sample: RequestSample, rows: Range<Int>, walk: inout TraceWalk) {
        confidence = walk.walk(sample, rows: rows)
        tiles = walk.path.tiles(sample.sentAt..<sample.finishedAt)
        duration = sample.serviceNanoseconds
        let names = walk.tree.starts.indices.map { node in
            node == 0
                ? "client"
                : walk.run.operations.keys[Int(walk.run.spans.operation[walk.tree.row(of: node)].rawValue)].name
        }
        segments = walk.path.segments.reversed().map { segment in
            Segment(
                name: names[Int(segment.node)],
                start: segment.start - sample.sentAt,
                end: segment.end - sample.sentAt,
                overlappedBy: segment.overlappedBy < 0 ? nil : names[Int(segment.overlappedBy)]
            )
        }
    }

    /// Critical nanoseconds by name.
    var time: [String: UInt64] {
        segments.reduce(into: [:]) { $0[$1.name, default: 0] += $1.end - $1.start }
    }
}
