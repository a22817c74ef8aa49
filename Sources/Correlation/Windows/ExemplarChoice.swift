import Statistics
import Telemetry

/// Chooses the traces that prove what a window shows: failed ones first, then the worst and the typical of each entry.
struct ExemplarChoice {
    private struct Failure: Hashable {
        var operation: OperationID
        var type: StringID
    }

    private let limits: WindowLimits
    private(set) var traces: [(trace: TraceID, role: ExemplarRole)] = []
    private var chosen: Set<TraceID> = []
    private var spans = 0

    init(_ run: CorrelatedRun, limits: WindowLimits) {
        self.limits = limits
        addFailures(run)
        let entries = run.tests.sorted { ($1.traces.count, $0.name) < ($0.traces.count, $1.name) }
        for test in entries.prefix(limits.exemplarEntries) {
            guard let worst = test.slowestTraces(1).first else { continue }
            add(worst.traceID, .worst, spans: worst.rows.count)
            if let typical = ExemplarChoice.typical(test) {
                add(typical.traceID, .typical, spans: typical.rows.count)
            }
        }
    }

    /// One trace for each operation and class of error.
    private mutating func addFailures(_ run: CorrelatedRun) {
        var seen: Set<Failure> = []
        for test in run.tests {
            for trace in test.traces {
                guard seen.count < limits.erroringTraces else { return }
                for row in trace.rows where run.spans.isError(row) {
                    let failure = Failure(operation: run.spans.operation[row], type: run.spans.errorType[row])
                    if seen.insert(failure).inserted { add(trace.traceID, .erroring, spans: trace.rows.count) }
                }
            }
        }
    }

    private static func typical(_ test: CorrelatedTest) -> JoinedTrace? {
        let median = test.load.latency.quantile(0.5)
        func distance(_ trace: JoinedTrace) -> UInt64 {
            let latency = test.load.samples[trace.sample].latencyNanoseconds
            return max(latency, median) - min(latency, median)
        }
        return test.traces.filter { $0.state == .complete }
            .min { (distance($0), $0.traceID) < (distance($1), $1.traceID) }
    }

    private mutating func add(_ trace: TraceID, _ role: ExemplarRole, spans count: Int) {
        let count = min(count, TraceDocument.spanLimit)
        guard spans + count <= limits.exemplarSpans, chosen.insert(trace).inserted else { return }
        spans += count
        traces.append((trace, role))
    }
}
