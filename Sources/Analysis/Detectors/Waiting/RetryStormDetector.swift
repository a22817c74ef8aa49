import Correlation
import Telemetry

/// F24: calls are tried again and again.
///
/// Attempts are siblings of one operation, one after another, of which all but the last failed, or spans with
/// `http.request.resend_count`. Over several levels attempts multiply: three times three is a storm.
package struct RetryStormDetector: FindingDetector {
    package let kind = "retry_storm"
    var minimumShare = 0.05
    var minimumRetried = 10
    var minimumAmplification = 1.1
    /// Product of the amplification over the levels of a path.
    var stormProduct = 3.0

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] { run.findings(findings) }

    private struct Level {
        var logical = 0
        var retried = 0
        var attempts = 0
        var backOff = 0.0
        var exemplars: [(trace: TraceID, value: Double)] = []
        var row = 0
        var firstError = StringID.empty

        var amplification: Double { logical == 0 ? 1 : Double(attempts) / Double(logical) }
    }

    private func findings(in reader: TraceReader) -> [Finding] {
        let resend = reader.vocabulary.intern("http.request.resend_count")
        var levels: [Int32: Level] = [:]
        var calls: [(path: Int32, row: Int)] = []
        for trace in reader.traces {
            for row in trace.rows where reader.context.firstChild[row] >= 0 {
                calls.removeAll(keepingCapacity: true)
                for child in reader.context.children(of: row)
                where reader.spans.kind[child] == .client && reader.context.path[child] >= 0 {
                    calls.append((reader.context.path[child], child))
                }
                // Rows are in order of start, and of one path they stay so.
                if calls.count > 1 { calls.sort { ($0.path, $0.row) < ($1.path, $1.row) } }
                var first = 0
                while first < calls.count {
                    let path = calls[first].path
                    let end = calls[first...].firstIndex { $0.path != path } ?? calls.count
                    let rows = calls[first..<end].map(\.row)
                    count(rows, trace.traceID, resend, reader, into: &levels[path, default: Level()])
                    first = end
                }
            }
        }
        return levels.keys.sorted().compactMap { path in
            levels[path].flatMap { finding(Int(path), $0, levels, reader) }
        }
    }

    private func count(
        _ rows: [Int],
        _ trace: TraceID,
        _ resend: StringID,
        _ reader: TraceReader,
        into level: inout Level
    ) {
        let spans = reader.spans
        var first = 0
        while first < rows.count {
            var last = first
            while last + 1 < rows.count, isRetry(rows[last + 1], after: rows[last], resend, reader) { last += 1 }
            level.logical += 1
            level.attempts += last - first + 1
            if last > first {
                level.retried += 1
                level.row = rows[first]
                if level.firstError.isEmpty { level.firstError = spans.errorType[rows[first]] }
                level.exemplars.append((trace, Double(last - first + 1)))
                for index in first..<last {
                    let (end, start) = (spans.endNanoseconds[rows[index]], spans.startNanoseconds[rows[index + 1]])
                    level.backOff += start > end ? Double(start - end) / 1e6 : 0
                }
            }
            first = last + 1
        }
    }

    private func isRetry(_ row: Int, after earlier: Int, _ resend: StringID, _ reader: TraceReader) -> Bool {
        let spans = reader.spans
        guard spans.startNanoseconds[row] >= spans.endNanoseconds[earlier] else { return false }
        if reader.isError(earlier) { return true }
        return reader.attributes(of: row).contains { $0.key == resend && reader.vocabulary.string($0.value) != "0" }
    }

    private func finding(_ path: Int, _ level: Level, _ levels: [Int32: Level], _ reader: TraceReader) -> Finding? {
        let test = reader.test
        let share = Double(level.retried) / Double(max(1, level.logical))
        guard share >= minimumShare, level.retried >= minimumRetried, level.amplification >= minimumAmplification
        else { return nil }
        var product = level.amplification
        var ancestor = test.profile.paths[path].parent
        while let next = ancestor {
            product *= levels[Int32(next)]?.amplification ?? 1
            ancestor = test.profile.paths[next].parent
        }
        let isStorm = product >= stormProduct
        let caller = test.profile.paths[path].parent.map { test.profile.paths[$0].frame.operation }
        let operation = test.profile.paths[path].frame.operation
        let errorType = reader.vocabulary.string(level.firstError)
        let severity = test.severity(share: share, confidence: 0.9, atMost: .medium)
        return test.finding(
            "F24",
            kind,
            culprit: CulpritReference(caller ?? operation, attribute: operation.name),
            path: test.profile.stack(to: path),
            severity: isStorm ? severity.raised : severity,
            confidence: 0.9,
            sentence:
                "\(Wording.percent(share)) of the calls of \(Wording.operation(operation)) on \(test.endpoint) are "
                + "tried again, \(Wording.number(level.amplification)) attempts a call"
                + (errorType.isEmpty ? "" : " after \(errorType)")
                + (isStorm ? "; over all levels \(Wording.number(product)) attempts: a storm" : ""),
            suggestion: "Mend what fails first; retry on one level only, with a budget and growing pauses.",
            numbers: [
                "retriedRatio": share, "amplificationRatio": level.amplification, "amplificationProductRatio": product,
                "backOffMs": level.backOff / Double(max(1, level.retried)), "retriedCount": Double(level.retried),
            ],
            exemplars: Exemplars(level.exemplars)
        )
    }
}

extension FindingDetector where Self == RetryStormDetector {
    package static var retryStorm: Self { Self() }
}
