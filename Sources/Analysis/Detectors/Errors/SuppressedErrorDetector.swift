import Correlation
import Statistics
import Telemetry

/// F37: errors that nobody sees, because a caller catches them, but that cost time: fallbacks behind timeouts.
package struct SuppressedErrorDetector: FindingDetector {
    package let kind = "suppressed_errors"
    var minimumShare = 0.03
    var minimumErrors = 5

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] { run.findings(findings) }

    private struct Group {
        var errors: [(trace: TraceID, value: Double)] = []
        var critical = 0.0
        var row = 0
        var catcher = 0
    }

    private func findings(in reader: TraceReader) -> [Finding] {
        var groups: [OperationID: Group] = [:]
        for trace in reader.traces {
            for row in trace.rows where reader.context.marks[row].contains(.errorOrigin) {
                guard let top = topOfError(row, reader), let catcher = reader.context.parent(of: top) else { continue }
                let critical = criticalTime(under: top, reader)
                var group = groups[reader.spans.operation[row]] ?? Group()
                group.errors.append((trace.traceID, critical))
                group.critical += critical
                group.row = row
                group.catcher = catcher
                groups[reader.spans.operation[row]] = group
            }
        }
        return groups.keys.sorted { $0.rawValue < $1.rawValue }.compactMap { operation in
            groups[operation].flatMap { finding($0, reader) }
        }
    }

    /// The highest span that the error reached; `nil` when it reached the root.
    private func topOfError(_ row: Int, _ reader: TraceReader) -> Int? {
        var top = row
        while let parent = reader.context.parent(of: top) {
            guard reader.isError(parent) else { return top }
            top = parent
        }
        return nil
    }

    private func criticalTime(under row: Int, _ reader: TraceReader) -> Double {
        var stack = [row]
        var sum = 0.0
        while let next = stack.popLast() {
            sum += Double(reader.context.critical[next]) / 1e6
            stack += reader.context.children(of: next)
        }
        return sum
    }

    private func finding(_ group: Group, _ reader: TraceReader) -> Finding? {
        let test = reader.test
        let mean = group.critical / reader.count
        let share = mean / max(1e-9, test.meanMilliseconds)
        guard group.errors.count >= minimumErrors, share >= minimumShare else { return nil }
        let (operation, catcher) = (reader.operation(group.row), reader.operation(group.catcher))
        return test.finding(
            "F37",
            kind,
            culprit: CulpritReference(operation),
            path: reader.stack(group.row),
            severity: test.severity(share: share, confidence: 0.9, atMost: .medium),
            confidence: 0.9,
            sentence: "\(Wording.operation(operation)) fails \(group.errors.count) times, unseen because "
                + "\(Wording.operation(catcher)) goes on: waiting for it is \(Wording.percent(share)) of \(test.endpoint), "
                + Wording.milliseconds(mean),
            suggestion: "Mend it, or ask it no more: a caller that can do without the answer need not wait for it.",
            numbers: [
                "errorCount": Double(group.errors.count), "criticalMs": mean, "criticalShareRatio": share,
                "affectedTracesRatio": Double(group.errors.count) / reader.count,
            ],
            exemplars: Exemplars(group.errors)
        )
    }
}

extension FindingDetector where Self == SuppressedErrorDetector {
    package static var suppressedError: Self { Self() }
}
