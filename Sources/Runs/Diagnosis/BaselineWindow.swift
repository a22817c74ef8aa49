import Analysis
import Correlation
import Telemetry

/// The traces of the time before, as the runs that a comparison wants.
struct BaselineWindow {
    let spans: SpanTable

    /// A long baseline becomes this many runs at most.
    private static let pieceLimit = 10
    /// A piece with fewer traces would say little of its own.
    private static let tracesPerPiece = 100

    /// Cuts the window into stretches of equally many traces, each at least as long as `length`, nanoseconds.
    ///
    /// One stretch where three would be shorter: two tell no more about the noise than one. Newest first.
    func pieces(ofAtLeast length: UInt64) -> [SpanTable] {
        let traces = ObservedTraces(spans)
        let starts = traces.starts
        let order = starts.indices.sorted { (starts[$0], $0) < (starts[$1], $1) }
        guard let first = order.first, let last = order.last else { return [] }
        let duration = starts[last] - starts[first]
        let byLength = length > 0 ? duration / length : 1
        let count = min(
            BaselineWindow.pieceLimit,
            Int(min(byLength, 1_000)),
            order.count / BaselineWindow.tracesPerPiece
        )
        guard count >= 3 else { return [spans] }
        var pieceOf = [Int](repeating: 0, count: order.count)
        for (rank, trace) in order.enumerated() { pieceOf[trace] = rank * count / order.count }
        var rows = [[UInt32]](repeating: [], count: count)
        for row in spans.indices {
            guard let trace = traces.index(of: spans.traceID(of: row)) else { continue }
            rows[pieceOf[trace]].append(UInt32(row))
        }
        return rows.reversed().map { spans.selecting($0) }
    }
}
