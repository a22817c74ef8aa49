import Telemetry

/// What a run teaches about its operations: which calls end at an instrumented service, which work outlives its caller.
struct CallEvidence {
    /// By row: a client span that has a server span as child.
    private(set) var hasServerChild: [Bool]
    private var expectsServer: [Bool]
    private var outlives: [Bool]

    private struct Tally {
        var calls = 0
        var hits = 0

        func reaches(_ share: Double) -> Bool { calls > 0 && Double(hits) >= share * Double(calls) }
    }

    init(_ spans: SpanTable, forest: SpanForest, operations: OperationTable, settings: CorrelationSettings) {
        hasServerChild = [Bool](repeating: false, count: spans.count)
        var outliving = [Tally](repeating: Tally(), count: operations.count)
        for row in spans.indices {
            let caller = Int(forest.callers[row])
            guard caller >= 0 else { continue }
            if spans.kind[row] == .server, spans.kind[caller] == .client { hasServerChild[caller] = true }
            let operation = Int(spans.operation[row].rawValue)
            outliving[operation].calls += 1
            let tolerance = settings.overrunTolerance(ofParentLasting: spans.durationNanoseconds(of: caller))
            let (end, callerEnd) = (spans.endNanoseconds[row], spans.endNanoseconds[caller])
            if end > callerEnd, end - callerEnd > tolerance { outliving[operation].hits += 1 }
        }
        // A failed call may never have reached its callee, so it neither teaches nor owes anything.
        var served = [Tally](repeating: Tally(), count: operations.count)
        for row in spans.indices where spans.kind[row] == .client && !spans.isError(row) {
            let operation = Int(spans.operation[row].rawValue)
            served[operation].calls += 1
            if hasServerChild[row] { served[operation].hits += 1 }
        }
        expectsServer = served.map { $0.reaches(settings.instrumentedShare) }
        outlives = outliving.map { $0.reaches(settings.outlivingShare) }
    }

    /// Whether a span is a call to an instrumented service whose server span did not come.
    func lacksServerSpan(_ row: Int, in spans: SpanTable) -> Bool {
        spans.kind[row] == .client && !hasServerChild[row] && !spans.isError(row)
            && expectsServer[Int(spans.operation[row].rawValue)]
    }

    /// Whether an operation is known to go on after its caller has ended.
    func usuallyOutlivesCaller(_ operation: OperationID) -> Bool { outlives[Int(operation.rawValue)] }
}
