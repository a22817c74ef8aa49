import Correlation
import Reporting
import Telemetry

/// What a stretch of windows comes to, taken up window by window: never more than some of them are in memory.
struct WindowSummary {
    private(set) var windows = 0
    private(set) var traces = 0
    private(set) var spans = 0
    private(set) var lateSpans = 0
    private(set) var droppedSpans = 0
    private(set) var operations = OperationRows()
    /// Time on the critical path by stack of operations.
    private(set) var profile = StackProfile(unit: "nanoseconds")
    /// Windows that are damaged, and in nothing of this.
    var unreadable = 0

    mutating func add(_ window: TelemetryWindow) {
        windows += 1
        traces += window.traces
        spans += window.spans
        lateSpans += window.lateSpans
        droppedSpans += window.droppedSpans
        operations.add(window)
        WindowFlamegraph.add(window, to: &profile)
    }

    /// What is missing in all figures, a sentence each.
    var doubts: [String] {
        var doubts: [String] = []
        if lateSpans + droppedSpans > 0 {
            doubts.append(
                "\(Quantity.count(lateSpans)) spans came too late, \(Quantity.count(droppedSpans)) found no room: they are in no figure here."
            )
        }
        if unreadable > 0 { doubts.append(WindowSummary.missing(unreadable)) }
        return doubts
    }

    static func missing(_ windows: Int) -> String { "\(Words.counted(windows, "window")) could not be read." }
}
