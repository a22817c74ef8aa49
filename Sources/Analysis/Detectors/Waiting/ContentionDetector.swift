import Correlation
import Statistics
import Telemetry

/// F20: an operation's own time grows with the number of requests in flight, and not for want of CPU.
package struct ContentionDetector: FindingDetector {
    package let kind = "contention"
    var minimumExponent = 0.5
    var minimumDetermination = 0.5
    var minimumGrowth = 5.0
    /// From here on it is the CPU (F25), not a lock.
    var saturatedCPU = 0.85
    var freeCPU = 0.70
    var minimumCalls = 50

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] {
        run.findings { reader in findings(in: reader, run) }
    }

    private func findings(in reader: TraceReader, _ run: ComparedRun) -> [Finding] {
        guard let buckets = LoadBuckets(reader.test.test.load) else { return [] }
        // A client span's own time with a callee is the edge, and F21's.
        let groups = RowGroups(reader) { row in
            reader.context.marks[row].contains(.hasCallee) ? nil : Int(reader.context.path[row])
        }
        return groups.keys.compactMap { path in finding(path, groups[path], buckets, reader, run) }
    }

    private func finding(
        _ path: Int,
        _ rows: [Int],
        _ buckets: LoadBuckets,
        _ reader: TraceReader,
        _ run: ComparedRun
    ) -> Finding? {
        let test = reader.test
        guard rows.count >= minimumCalls else { return nil }
        let times = rows.map { (reader.spans.startNanoseconds[$0], Double(reader.context.selfTime[$0]) / 1e6) }
        guard let growth = buckets.growth(of: buckets.medians(times)), growth.exponent >= minimumExponent,
            growth.determination >= minimumDetermination, growth.growth >= minimumGrowth
        else { return nil }
        let operation = reader.operation(rows[0])
        let (start, end) = (test.test.load.measuredFrom, test.test.load.endedAt)
        let cpu = run.resources(.cpu, of: operation.service).flatMap { $0.values(from: start, to: end) }
        let busiest = cpu.max()
        if let busiest, busiest >= saturatedCPU { return nil }
        let confidence = busiest.map { $0 < freeCPU ? 0.9 : 0.6 } ?? 0.6
        let share = growth.growth / max(1e-9, test.p95Milliseconds)
        return test.finding(
            "F20",
            kind,
            culprit: CulpritReference(operation),
            path: test.profile.stack(to: path),
            severity: test.severity(share: share, confidence: confidence, atMost: .high),
            confidence: confidence,
            sentence: "\(Wording.operation(operation)) takes \(Wording.milliseconds(growth.high)) by itself at "
                + "\(Wording.number(growth.mostConcurrency)) requests in flight and \(Wording.milliseconds(growth.low)) at "
                + Wording.number(growth.leastConcurrency)
                + (busiest.map { ", with its CPU at \(Wording.percent($0)) at most" } ?? ""),
            suggestion: "Look for what only one request at a time may do there: a lock, a pool, a single thread.",
            numbers: [
                "exponentValue": growth.exponent, "determinationRatio": growth.determination, "lowMs": growth.low,
                "highMs": growth.high, "concurrencyValue": growth.mostConcurrency, "cpuRatio": busiest ?? .nan,
                "criticalShareRatio": test.criticalShare(of: path),
            ],
            exemplars: Exemplars(
                typical: test.profile.paths[path].typicalTraceID,
                worst: test.profile.paths[path].worstTraceID
            )
        )
    }
}

extension FindingDetector where Self == ContentionDetector {
    package static var contention: Self { Self() }
}
