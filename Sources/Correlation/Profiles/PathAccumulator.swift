import Statistics
import Telemetry

/// One path while traces are being added.
struct PathAccumulator {
    var frame: PathFrame
    /// Index among the builder's paths; -1 for the first.
    var parent: Int32
    var traces = 0
    var calls = 0
    var errors = 0
    var originErrors: [StringID: Int] = [:]
    var requestErrors: [RequestOutcome: Int] = [:]
    var criticalNanoseconds: UInt64 = 0
    /// Of the slow requests alone.
    var tailNanoseconds: UInt64 = 0
    /// Of the failed requests alone.
    var failedNanoseconds: UInt64 = 0
    var selfNanoseconds: UInt64 = 0
    var totalNanoseconds: UInt64 = 0
    var startOffsetNanoseconds: UInt64 = 0
    var critical = LatencyHistogram()
    var callDuration = LatencyHistogram()
    var worst: (critical: UInt64, trace: Int32)?
    /// In the trace that is being added.
    var criticalInTrace: UInt64 = 0
    var lastTrace: Int32 = -1
    private var firstTraces = BucketMarks()
    private var statements: [(statement: StringID, calls: Int)] = []
    // More texts than this under one operation mean that the texts are not literal-free.
    private static let statementLimit = 32

    init(frame: PathFrame, parent: Int32) {
        self.frame = frame
        self.parent = parent
    }

    // Saturating: a sender's nonsense timestamps must not stop a run.
    mutating func addCall(duration: UInt64, selfTime: UInt64, offset: UInt64) {
        calls += 1
        totalNanoseconds = totalNanoseconds.saturatingAdd(duration)
        selfNanoseconds = selfNanoseconds.saturatingAdd(selfTime)
        startOffsetNanoseconds = startOffsetNanoseconds.saturatingAdd(offset)
        callDuration.record(duration)
    }

    mutating func addStatement(_ statement: StringID) {
        if let index = statements.firstIndex(where: { $0.statement == statement }) {
            statements[index].calls += 1
        } else if statements.count < PathAccumulator.statementLimit {
            statements.append((statement, 1))
        }
    }

    mutating func endTrace(_ trace: Int32, isInTail: Bool, hasFailed: Bool) {
        traces += 1
        criticalNanoseconds += criticalInTrace
        if isInTail { tailNanoseconds = tailNanoseconds.saturatingAdd(criticalInTrace) }
        if hasFailed { failedNanoseconds = failedNanoseconds.saturatingAdd(criticalInTrace) }
        critical.record(criticalInTrace)
        firstTraces.mark(critical.bucket(of: criticalInTrace), with: trace)
        if worst.map({ criticalInTrace > $0.critical }) ?? true { worst = (criticalInTrace, trace) }
    }

    /// The first trace whose critical time is the median as far as the histogram tells times apart.
    var typicalTrace: Int32? { critical.isEmpty ? nil : firstTraces[critical.bucket(of: critical.quantile(0.5))] }

    /// The statement most calls share; of equally frequent ones the first in the alphabet.
    func statement(in vocabulary: Vocabulary) -> String? {
        statements.map { (text: vocabulary.string($0.statement), calls: $0.calls) }
            .min { ($1.calls, $0.text) < ($0.calls, $1.text) }?
            .text
    }
}

extension UInt64 {
    func saturatingAdd(_ other: UInt64) -> UInt64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
