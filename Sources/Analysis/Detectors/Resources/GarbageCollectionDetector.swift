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

    /// Whole seconds in which every operation of an instance was slow at once, without metrics.
    private func stalled(_ reader: TraceReader) -> [Finding] {
        let seconds = InstanceSeconds(reader, stallRatio: stallRatio)
        return seconds.instances.indices.sorted { seconds.instances[$0] < seconds.instances[$1] }
            .compactMap { finding(seconds.instances[$0], of: $0, in: seconds, reader) }
    }

    private func finding(
        _ key: InstanceSeconds.Instance,
        of number: Int,
        in seconds: InstanceSeconds,
        _ reader: TraceReader
    ) -> Finding? {
        let stalled = seconds.stalled(number)
        let slow = seconds.slowRows[number]
        let lost = RobustScale.median(slow.map { Double(reader.context.selfTime[$0]) / 1e6 }) ?? 0
        let count = seconds.count(number)
        guard stalled >= stalls, stalled * 3 <= count, lost >= stallMilliseconds else { return nil }
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
            sentence: "all operations of \(name) stall together in \(stalled) seconds of the run, for about "
                + "\(Wording.milliseconds(lost)) each",
            suggestion: "Look at its collection pauses, at CPU throttling and at what else stops the whole process.",
            numbers: ["stallMs": lost, "stallsCount": Double(stalled), "secondsCount": Double(count)],
            exemplars: Exemplars(
                slow.map { (reader.spans.traceID(of: $0), Double(reader.context.selfTime[$0]) / 1e6) }
            )
        )
    }
}

extension FindingDetector where Self == GarbageCollectionDetector {
    package static var garbageCollection: Self { Self() }
}
