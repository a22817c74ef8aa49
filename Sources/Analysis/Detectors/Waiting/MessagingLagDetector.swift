import Correlation
import Statistics
import Telemetry

/// F18: messages wait before a consumer takes them.
///
/// A consumer's span names its producer as parent, or by a link; then it is mostly in a trace of its own.
package struct MessagingLagDetector: FindingDetector {
    package let kind = "messaging_lag"
    var minimumMessages = 20
    var minimumMilliseconds = 100.0
    /// Of the endpoint's mean.
    var minimumShare = 0.10
    /// Growth of the lag over time that means a backlog, milliseconds a second.
    var backlogSlope = 1.0
    var backlogBuckets = 10

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] { run.findings(findings) }

    private struct Lag {
        var trace: TraceID
        var time: UInt64
        var milliseconds: Double
        /// The consumer's span, or with a link the producer's.
        var row: Int
    }

    private func findings(in reader: TraceReader) -> [Finding] {
        var lags: [OperationID: [Lag]] = [:]
        var negative = 0
        func add(from producer: Int, to consumer: OperationID, at taken: UInt64, _ trace: JoinedTrace, row: Int) {
            let sent = reader.spans.endNanoseconds[producer]
            // Clocks are adjusted by now: what is still negative began before the producer had finished.
            guard taken >= sent else {
                negative += 1
                return
            }
            lags[consumer, default: []].append(
                Lag(trace: trace.traceID, time: taken, milliseconds: Double(taken - sent) / 1e6, row: row)
            )
        }
        for trace in reader.traces {
            for row in trace.rows where reader.spans.kind[row] == .consumer {
                guard let producer = reader.context.parent(of: row), reader.spans.kind[producer] == .producer else {
                    continue
                }
                add(
                    from: producer,
                    to: reader.spans.operation[row],
                    at: reader.spans.startNanoseconds[row],
                    trace,
                    row: row
                )
            }
            for message in reader.messages(of: trace) {
                add(from: message.producer, to: message.consumer, at: message.takenAt, trace, row: message.producer)
            }
        }
        return lags.keys.sorted { $0.rawValue < $1.rawValue }
            .compactMap { finding($0, lags[$0] ?? [], negative: negative, reader) }
    }

    private func finding(_ consumer: OperationID, _ lags: [Lag], negative: Int, _ reader: TraceReader) -> Finding? {
        let test = reader.test
        guard lags.count >= minimumMessages else { return nil }
        let sorted = lags.map(\.milliseconds).sorted()
        let p95 = sorted[Int(0.95 * Double(sorted.count - 1))]
        guard p95 >= max(minimumMilliseconds, minimumShare * test.meanMilliseconds) else { return nil }
        let slope = backlog(lags, test.test.load)
        let operation = reader.vocabulary.operation(consumer)
        let share = p95 / (p95 + test.meanMilliseconds)
        let severity = test.severity(share: share, confidence: 0.9, atMost: .medium)
        return test.finding(
            "F18",
            kind,
            culprit: CulpritReference(operation),
            path: path(to: operation, from: lags[0].row, reader),
            severity: slope == nil ? severity : severity.raised,
            confidence: 0.9,
            sentence: "messages wait \(Wording.milliseconds(p95)) (p95) for \(Wording.operation(operation))"
                + (slope.map { ", and \(Wording.number($0)) ms more every second: a backlog grows" } ?? ""),
            suggestion:
                "Look at the consumer's concurrency and prefetch, at the time one message takes and at rebalances.",
            numbers: [
                "lagP95Ms": p95, "lagMedianMs": RobustScale.median(sorted) ?? 0, "messagesCount": Double(lags.count),
                "negativeLagsCount": Double(negative), "backlogPerSecondMs": slope ?? 0,
            ],
            exemplars: Exemplars(lags.map { ($0.trace, $0.milliseconds) })
        )
    }

    /// By way of the producer also where the consumer is in a trace of its own.
    private func path(to consumer: OperationKey, from row: Int, _ reader: TraceReader) -> [PathFrame] {
        let stack = reader.stack(row)
        let isLinked = reader.spans.kind[row] == .producer
        return isLinked && !stack.isEmpty ? stack + [PathFrame(operation: consumer)] : stack
    }

    private func backlog(_ lags: [Lag], _ load: TestLoad) -> Double? {
        guard let buckets = LoadBuckets(load) else { return nil }
        let medians = buckets.medians(lags.map { ($0.time, $0.milliseconds) })
        let known = medians.indices.compactMap { index in medians[index].map { (buckets.seconds(index), $0) } }
        guard known.count >= backlogBuckets, MannKendallTest(known.map { $0.1 }).p < 0.01,
            let line = TheilSenLine(x: known.map { $0.0 }, y: known.map { $0.1 }), line.slope >= backlogSlope
        else { return nil }
        return line.slope
    }
}

extension FindingDetector where Self == MessagingLagDetector {
    package static var messagingLag: Self { Self() }
}
