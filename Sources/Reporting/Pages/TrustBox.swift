import Analysis
import Correlation
import Statistics
import Telemetry

/// Whether the numbers can be believed: what became of the traces, and how the load generator fared.
struct TrustBox {
    private static let wantedCoverage = 0.95
    private static let wantedLagMilliseconds = 10.0
    private static let wantedThreadCPU = 0.85

    let rows: [[String: Any]]

    init(_ report: RunReport, text: PageText) {
        var rows: [(label: String, value: String, isBad: Bool)] = []
        let completeness = report.completeness
        let coverage = completeness.coverage
        rows.append(
            (
                "Coverage",
                coverage.map {
                    "\(Quantity.coverage($0)) of \(Quantity.count(completeness.sampled)) requests have a complete trace"
                } ?? "no request owed a trace",
                coverage.map { $0 < TrustBox.wantedCoverage } ?? false
            )
        )
        let states = TraceState.allCases.filter { completeness[$0] > 0 }
        rows.append(
            (
                "Trace states",
                states.map { "\($0.rawValue) \(Quantity.count(completeness[$0]))" }.joined(separator: ", ")
                    + (completeness.isBalanced
                        ? "" : " (do not sum to \(Quantity.count(completeness.requested)) requests)"),
                !completeness.isBalanced
            )
        )
        let losses = [
            ("rejected", completeness.rejectedSpans), ("evicted", completeness.evictedSpans),
            ("duplicate", completeness.duplicateSpans), ("colliding", completeness.collidingSpans),
            ("foreign", completeness.foreignSpans),
        ].filter { $0.1 > 0 }
        rows.append(
            (
                "Spans",
                "\(Quantity.count(completeness.spans)) of \(report.services.count) services"
                    + losses.map { ", \(Quantity.count($0.1)) \($0.0)" }.joined(),
                completeness.rejectedSpans + completeness.evictedSpans > 0
            )
        )
        rows += report.tests.flatMap { TrustBox.rows(for: $0, isAlone: report.tests.count == 1) }
        rows.append(("Load engine", report.run.engine, false))
        rows.append(("Environment", report.run.environment, false))
        self.rows = rows.filter { !$0.value.isEmpty }.map {
            ["label": text.words($0.label), "value": text.words($0.value), "isBad": $0.isBad]
        }
    }

    private static func rows(for test: TestReport, isAlone: Bool) -> [(label: String, value: String, isBad: Bool)] {
        let load = test.load
        let suffix = isAlone ? "" : ", \(test.name)"
        var rows: [(label: String, value: String, isBad: Bool)] = []
        if let lag = QuantileEstimate(0.99, of: load.scheduleLag) {
            let text = "p99 \(Quantity.milliseconds(lag.value)) between the schedule and sending"
            rows.append(("Generator lag" + suffix, text, lag.value > wantedLagMilliseconds))
        }
        if let busiest = load.threadCPU.max() {
            let threads = load.threadCPU.map { Quantity.percent($0) }.joined(separator: ", ")
            rows.append(("Generator threads" + suffix, "CPU \(threads)", busiest > wantedThreadCPU))
        }
        let dropped = RequestOutcome.allCases.filter(\.wasDropped).reduce(0) { $0 + (load.outcomes[$1.name] ?? 0) }
        if load.scheduled > 0 {
            let text = "\(Quantity.count(dropped)) of \(Quantity.count(load.scheduled)) arrivals"
            rows.append(("Dropped" + suffix, text, dropped > 0))
        }
        for reason in load.invalidReasons { rows.append(("Invalid" + suffix, reason, true)) }
        return rows
    }
}
