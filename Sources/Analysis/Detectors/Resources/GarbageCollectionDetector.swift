import Correlation
import Statistics
import Telemetry

/// F26: garbage collection stops a service; seen in its metrics, or in all operations of an instance stalling together.
package struct GarbageCollectionDetector: FindingDetector {
    package let kind = "garbage_collection"
    var timeShare = 0.10
    var pauseMilliseconds = 50.0
    /// An instance stalls where the median of its spans' self time is this many times the usual, in this many seconds.
    var stallRatio = 3.0
    var stalls = 3
    var stallMilliseconds = 20.0

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] {
        run.findings { reader in
            let time = ResourceLink.all([.garbageCollection], limit: timeShare, leastPoints: 1, reader, run)
            let pauses = ResourceLink.all([.garbagePause], limit: pauseMilliseconds, leastPoints: 1, reader, run)
            let told = (time + pauses).map { link in
                let level =
                    link.series.kind == .garbagePause
                    ? "pauses \(Wording.milliseconds(link.peak))" : "spends \(Wording.percent(link.peak)) of its time"
                return link.finding(
                    "F26",
                    kind,
                    what: "\(link.service) \(level) for garbage collection",
                    suggestion: "Allocate less, enlarge the heap, or choose a collector with shorter pauses.",
                    in: reader.test
                )
            }
            return told.isEmpty ? stalled(reader) : told
        }
    }

    private struct Key: Hashable, Comparable {
        var service: String
        var instance: String

        static func < (left: Key, right: Key) -> Bool {
            (left.service, left.instance) < (right.service, right.instance)
        }
    }

    /// Whole seconds in which every operation of an instance was slow at once, without metrics.
    private func stalled(_ reader: TraceReader) -> [Finding] {
        var usual: [OperationID: Double] = [:]
        let byOperation = RowGroups(reader) { row in
            reader.context.marks[row].contains(.walked) ? reader.spans.operation[row] : nil
        }
        for operation in byOperation.keys {
            usual[operation] = RobustScale.median(byOperation[operation].map { ownTime($0, reader) })
        }
        var seconds: [Key: [UInt64: [OperationID: [Double]]]] = [:]
        var traces: [Key: [(trace: TraceID, value: Double)]] = [:]
        for trace in reader.traces {
            for row in trace.rows where reader.context.marks[row].contains(.walked) {
                let operation = reader.spans.operation[row]
                guard let median = usual[operation], median > 0.05, reader.spans.kind[row] != .client else { continue }
                let key = Key(
                    service: reader.vocabulary.operation(operation).service,
                    instance: reader.vocabulary.string(reader.spans.instance[row])
                )
                let ratio = ownTime(row, reader) / median
                let second = reader.spans.startNanoseconds[row] / 1_000_000_000
                seconds[key, default: [:]][second, default: [:]][operation, default: []].append(ratio)
                if ratio >= stallRatio { traces[key, default: []].append((trace.traceID, ownTime(row, reader))) }
            }
        }
        return seconds.keys.sorted().compactMap { key in
            finding(key, seconds[key] ?? [:], traces[key] ?? [], reader)
        }
    }

    private func ownTime(_ row: Int, _ reader: TraceReader) -> Double { Double(reader.context.selfTime[row]) / 1e6 }

    private func finding(
        _ key: Key,
        _ seconds: [UInt64: [OperationID: [Double]]],
        _ traces: [(trace: TraceID, value: Double)],
        _ reader: TraceReader
    ) -> Finding? {
        let stalled = seconds.filter { $0.value.count >= 2 }
            .filter { $0.value.values.allSatisfy { (RobustScale.median($0) ?? 0) >= stallRatio } }
        let lost = RobustScale.median(traces.map(\.value)) ?? 0
        guard stalled.count >= stalls, stalled.count * 3 <= seconds.count, lost >= stallMilliseconds else { return nil }
        let test = reader.test
        let entry = test.profile.paths.first {
            $0.frame.synthetic == nil && $0.frame.operation.service == key.service
        }
        guard let operation = entry?.frame.operation else { return nil }
        let name = key.instance.isEmpty ? key.service : "\(key.service) (\(key.instance))"
        return test.finding(
            "F26",
            kind,
            culprit: CulpritReference(operation, attribute: key.instance.isEmpty ? nil : key.instance),
            key: "stall",
            severity: test.severity(share: lost / max(1e-9, test.p95Milliseconds), confidence: 0.6, atMost: .medium),
            confidence: 0.6,
            sentence: "all operations of \(name) stall together in \(stalled.count) seconds of the run, for about "
                + "\(Wording.milliseconds(lost)) each",
            suggestion: "Look at its collection pauses, at CPU throttling and at what else stops the whole process.",
            numbers: ["stallMs": lost, "stallsCount": Double(stalled.count), "secondsCount": Double(seconds.count)],
            exemplars: Exemplars(traces)
        )
    }
}

extension FindingDetector where Self == GarbageCollectionDetector {
    package static var garbageCollection: Self { Self() }
}
