import Correlation
import Statistics
import Telemetry

/// F19: calls wait for a free connection before they begin.
///
/// Two kinds of evidence: what the pool's metrics say, and the time between when a call could have begun and when it did,
/// growing with concurrency. Either alone is of medium confidence.
package struct PoolWaitDetector: FindingDetector {
    package let kind = "connection_pool_wait"
    var minimumWait = 10.0
    var pendingShare = 0.20
    var usedShare = 0.90
    var minimumGap = 5.0
    var minimumExponent = 0.5
    var minimumDetermination = 0.5

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] {
        run.findings { reader in findings(in: reader, run) }
    }

    private struct Gap {
        var trace: TraceID
        var time: UInt64
        var milliseconds: Double
        var row: Int
    }

    private func findings(in reader: TraceReader, _ run: ComparedRun) -> [Finding] {
        let buckets = LoadBuckets(reader.test.test.load)
        var gaps: [OperationID: [Gap]] = [:]
        for trace in reader.traces {
            for row in trace.rows where isLeafCall(row, reader) {
                guard let gap = gap(before: row, reader) else { continue }
                gaps[reader.spans.operation[row], default: []].append(
                    Gap(trace: trace.traceID, time: reader.spans.startNanoseconds[row], milliseconds: gap, row: row)
                )
            }
        }
        return gaps.keys.sorted { $0.rawValue < $1.rawValue }.compactMap { operation in
            finding(gaps[operation] ?? [], buckets, reader, run)
        }
    }

    private func isLeafCall(_ row: Int, _ reader: TraceReader) -> Bool {
        reader.spans.kind[row] == .client && !reader.context.marks[row].contains(.hasCallee)
            && reader.context.marks[row].contains(.walked)
    }

    /// From the end of the sibling before, else its caller's start.
    private func gap(before row: Int, _ reader: TraceReader) -> Double? {
        guard let parent = reader.context.parent(of: row) else { return nil }
        let start = reader.spans.startNanoseconds[row]
        var free = reader.spans.startNanoseconds[parent]
        for sibling in reader.context.children(of: parent) where sibling != row {
            let end = reader.spans.endNanoseconds[sibling]
            if end <= start { free = max(free, end) }
        }
        return start > free ? Double(start - free) / 1e6 : 0
    }

    private func finding(
        _ gaps: [Gap],
        _ buckets: LoadBuckets?,
        _ reader: TraceReader,
        _ run: ComparedRun
    ) -> Finding? {
        let test = reader.test
        guard gaps.count >= 20 else { return nil }
        let operation = reader.operation(gaps[0].row)
        let p95 = gaps.map(\.milliseconds).sorted()[Int(0.95 * Double(gaps.count - 1))]
        let growth = buckets.flatMap { buckets in
            buckets.growth(of: buckets.medians(gaps.map { ($0.time, $0.milliseconds) }))
        }
        let hasSpans =
            p95 >= minimumGap
            && (growth.map { $0.exponent >= minimumExponent && $0.determination >= minimumDetermination } ?? false)
        let metrics = metrics(of: operation.service, test, run)
        guard hasSpans || (metrics != nil && p95 >= minimumGap) else { return nil }
        let confidence = hasSpans && metrics != nil ? 0.9 : 0.7
        let share = p95 / max(1e-9, test.p95Milliseconds)
        return test.finding(
            "F19",
            kind,
            culprit: CulpritReference(operation, attribute: "connection pool"),
            path: reader.stack(gaps[0].row),
            severity: test.severity(share: share, confidence: confidence, atMost: .high),
            confidence: confidence,
            sentence: "calls of \(Wording.operation(operation)) begin up to \(Wording.milliseconds(p95)) late (p95)"
                + (hasSpans ? ", the more requests are in flight the later" : "")
                + (metrics.map { "; the pool's metrics say so too: \($0.text)" } ?? ""),
            suggestion: "Enlarge the connection pool, or hold connections for a shorter time.",
            numbers: [
                "gapP95Ms": p95, "exponentValue": growth?.exponent ?? .nan,
                "gapAtMostConcurrencyMs": growth?.high ?? .nan,
                "concurrencyValue": growth?.mostConcurrency ?? .nan, "poolValue": metrics?.value ?? .nan,
                "criticalShareRatio": min(1, share),
            ],
            exemplars: Exemplars(gaps.map { ($0.trace, $0.milliseconds) })
        )
    }

    private func metrics(of service: String, _ test: ComparedTest, _ run: ComparedRun) -> (text: String, value: Double)?
    {
        let (start, end) = (test.test.load.measuredFrom, test.test.load.endedAt)
        func values(_ kind: ResourceSeries.Kind) -> [Double] {
            run.resources(kind, of: service).flatMap { $0.values(from: start, to: end) }
        }
        let pending = values(.poolPending)
        if !pending.isEmpty, Double(pending.count { $0 > 0 }) >= pendingShare * Double(pending.count) {
            return ("up to \(Wording.number(pending.max() ?? 0)) callers wait", pending.max() ?? 0)
        }
        if let wait = values(.poolWait).max(), wait >= minimumWait {
            return ("\(Wording.milliseconds(wait)) of waiting", wait)
        }
        if let used = values(.poolUse).max(), used >= usedShare { return ("\(Wording.percent(used)) in use", used) }
        if let lost = values(.poolTimeouts).max(), lost > 0 { return ("\(Wording.number(lost)) timeouts", lost) }
        return nil
    }
}

extension FindingDetector where Self == PoolWaitDetector {
    package static var poolWait: Self { Self() }
}
