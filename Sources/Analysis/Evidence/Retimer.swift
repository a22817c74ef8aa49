import Correlation
import Telemetry

/// What a trace would have taken, had one operation been faster or slower.
///
/// Every span starts when what it waited for has ended: the sibling that ended last before it began, else its caller's
/// start. The gaps in between are the caller's own time. An operation's own time is scaled, everything behind it moves
/// along, and of calls side by side the last one decides, so savings end where something else begins to dominate
/// (its slack). Source: CRISP's what-if, with `spec/analysis.md` section 1.
struct Retimer {
    private let reader: TraceReader
    private var order: [Int] = []
    private var durations: [Int: Double] = [:]

    init(_ reader: TraceReader) {
        self.reader = reader
    }

    /// Nanoseconds that the root would take with the own time of every span of `isScaled` times `factor`.
    mutating func duration(ofRoot root: Int, factor: Double, isScaled: (Int) -> Bool) -> Double {
        order.removeAll(keepingCapacity: true)
        durations.removeAll(keepingCapacity: true)
        order.append(root)
        var next = 0
        while next < order.count {
            order += reader.blockingChildren(of: order[next])
            next += 1
        }
        for row in order.reversed() { durations[row] = retimed(row, factor: isScaled(row) ? factor : 1) }
        return durations[root] ?? 0
    }

    private func retimed(_ row: Int, factor: Double) -> Double {
        let spans = reader.spans
        let (start, end) = (spans.startNanoseconds[row], spans.endNanoseconds[row])
        let children = reader.blockingChildren(of: row)
        guard !children.isEmpty else { return Double(end - start) * factor }
        // In order of their ends, to find the one that ended last before a moment; old end and new end.
        var ends: [(old: UInt64, new: Double)] = []
        func done(before time: UInt64) -> (old: UInt64, new: Double)? {
            ends.filter { $0.old <= time }.max { ($0.old, $0.new) < ($1.old, $1.new) }
        }
        var latest = 0.0
        for child in children {
            let childStart = max(spans.startNanoseconds[child], start)
            let waited = done(before: childStart)
            let gap = Double(childStart - (waited?.old ?? start)) * factor
            let newEnd = (waited?.new ?? 0) + gap + (durations[child] ?? 0)
            ends.append((min(spans.endNanoseconds[child], end), newEnd))
            latest = max(latest, newEnd)
        }
        let lastEnd = ends.map(\.old).max() ?? start
        return latest + Double(end - min(end, lastEnd)) * factor
    }
}
