import Correlation
import Telemetry

/// Which of the spans that are there belong to the window that is being closed, and which to a later one.
///
/// Pure.
struct WindowSplit {
    /// How a window is closed.
    struct Closing {
        /// Of the window, Unix nanoseconds.
        var start: UInt64
        /// The clock.
        var now: UInt64
        /// Nothing may wait for a later window: there is none.
        var takesAll = false
        /// What lies before the window waits, because the clock is about to be set back to it.
        var keepsEarlier = false
    }

    /// Windows that an open trace is carried over.
    private static let carryLimit: UInt64 = 5

    /// Of the window; sorted by trace.
    let taken: SpanTable
    let kept: SpanTable
    /// Lower halves of the ids of what is taken.
    private(set) var traces: Set<UInt64> = []
    /// Spans that came when their window was closed, and are in neither.
    private(set) var late = 0

    /// `spans` are sorted by trace.
    init(_ spans: SpanTable, _ closing: Closing) {
        let length = TelemetryWindow.length
        let end = closing.start + length
        var (rowsTaken, rowsKept): ([UInt32], [UInt32]) = ([], [])
        for trace in TraceRows(spans: spans) {
            let rows = UInt32(trace.rows.lowerBound)..<UInt32(trace.rows.upperBound)
            let isEarlier = trace.end < closing.start
            // A sender whose clock is ahead must not fill the memory until its time has come.
            let isToCome = trace.start >= end && trace.start <= closing.now + length
            let isOpen =
                !trace.hasRoot && trace.start < end && trace.end > end
                && trace.start + WindowSplit.carryLimit * length > end
            if !closing.takesAll, isToCome || isOpen || isEarlier && closing.keepsEarlier {
                rowsKept.append(contentsOf: rows)
            } else if isEarlier {
                late += rows.count
            } else {
                rowsTaken.append(contentsOf: rows)
                traces.insert(spans.traceLow[trace.rows.lowerBound])
            }
        }
        kept = rowsKept.isEmpty ? SpanTable() : spans.selecting(rowsKept)
        guard rowsTaken.count < spans.count else {
            taken = spans
            return
        }
        var rest = spans
        rest.keep(rowsTaken)
        rest.sortByTrace()
        taken = rest
    }
}
