package import Correlation
import Telemetry

extension WindowActivity {
    /// Reads the spans of a correlated run, each once; iterative, so deep traces are no harm.
    package init(_ run: CorrelatedRun) {
        var scan = ActivityScan(run)
        // Rows are sorted by trace; a part whose caller is lost is a tree of its own in its trace.
        for row in run.spans.indices where run.context.caller[row] < 0 { scan.addTree(under: row) }
        self = scan.finished()
    }
}
