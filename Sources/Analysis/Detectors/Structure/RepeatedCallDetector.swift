import Correlation
import Statistics
import Telemetry

/// F14: one operation calls the same remote operation again and again, one after another.
package struct RepeatedCallDetector: FindingDetector {
    package let kind = "n_plus_one_call"
    var minimumCalls = 5
    var minimumMilliseconds = 100.0
    /// Calls that begin this close together are made side by side: a fan-out, not N+1.
    var concurrentMilliseconds = 15.0
    var maximumOverlap = 0.2
    var minimumShare = 0.20
    var minimumTraces = 5

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] { run.findings(findings) }

    private struct Key: Hashable {
        var parent: OperationID
        var call: OperationID
    }

    private struct Group {
        var trace: TraceID
        var count: Int
        var milliseconds: Double
        var savedMilliseconds: Double
        var row: Int
    }

    private func findings(in reader: TraceReader) -> [Finding] {
        var groups: [Key: [Group]] = [:]
        var keys: [Key] = []
        for trace in reader.traces {
            for row in trace.rows where reader.context.firstChild[row] >= 0 {
                var calls: [OperationID: [Int]] = [:]
                for child in reader.context.children(of: row) where isRemote(child, reader) {
                    calls[reader.spans.operation[child], default: []].append(child)
                }
                for (operation, rows) in calls where rows.count >= minimumCalls {
                    guard let group = group(rows, trace, reader) else { continue }
                    let key = Key(parent: reader.spans.operation[row], call: operation)
                    if groups[key] == nil { keys.append(key) }
                    groups[key, default: []].append(group)
                }
            }
        }
        return keys.sorted { ($0.parent.rawValue, $0.call.rawValue) < ($1.parent.rawValue, $1.call.rawValue) }
            .compactMap { finding($0, groups[$0] ?? [], reader) }
    }

    private func isRemote(_ row: Int, _ reader: TraceReader) -> Bool {
        reader.spans.kind[row] == .client && reader.spans.statement[row].isEmpty
            && !reader.context.marks[row].contains(.detached)
    }

    private func group(_ rows: [Int], _ trace: JoinedTrace, _ reader: TraceReader) -> Group? {
        let spans = reader.spans
        let durations = rows.map { reader.milliseconds($0) }
        let total = durations.reduce(0, +)
        let near = zip(rows, rows.dropFirst()).count { left, right in
            let gap = Double(spans.startNanoseconds[right] - spans.startNanoseconds[left]) / 1e6
            return gap < concurrentMilliseconds && spans.startNanoseconds[right] < spans.endNanoseconds[left]
        }
        guard total >= minimumMilliseconds, Double(near) < maximumOverlap * Double(rows.count - 1) else { return nil }
        return Group(
            trace: trace.traceID,
            count: rows.count,
            milliseconds: total,
            savedMilliseconds: total - (RobustScale.median(durations) ?? 0),
            row: rows[0]
        )
    }

    private func finding(_ key: Key, _ groups: [Group], _ reader: TraceReader) -> Finding? {
        let test = reader.test
        guard groups.count >= minimumTraces, Double(groups.count) >= minimumShare * reader.count else { return nil }
        let (parent, call) = (reader.vocabulary.operation(key.parent), reader.vocabulary.operation(key.call))
        let count = RobustScale.median(groups.map { Double($0.count) }) ?? 0
        let total = groups.reduce(0) { $0 + $1.milliseconds } / Double(groups.count)
        let saved = groups.reduce(0) { $0 + $1.savedMilliseconds } / Double(groups.count)
        let callee = reader.context.children(of: groups[0].row).first { _ in true }.map { reader.operation($0) }
        let path = Int(reader.context.path[groups[0].row])
        let before = test.change(of: path).map(\.callsBefore)
        let hasGrown = before.map { count >= 1.5 * $0 && count - $0 >= 2 } ?? false
        let explained = hasGrown ? explainedShare(of: path, test) : nil
        let share = explained ?? min(1, total / max(1e-9, test.meanMilliseconds))
        return test.finding(
            "F14",
            kind,
            culprit: CulpritReference(parent, attribute: callee.map { Wording.operation($0) } ?? call.name),
            path: reader.stack(groups[0].row),
            severity: test.severity(
                share: share,
                confidence: 0.9,
                atMost: hasGrown || test.comparison == nil ? .critical : .medium
            ),
            confidence: 0.9,
            sentence: "\(Wording.operation(parent)) calls \(callee.map { Wording.operation($0) } ?? call.name) "
                + "\(Wording.number(count)) times in a row on \(test.endpoint)"
                + (before.map { " (before: \(Wording.number($0)))" } ?? "")
                + ": \(Wording.milliseconds(total)) a request",
            suggestion: "Ask for all items in one call: it would save about \(Wording.milliseconds(saved)) of each "
                + "affected request.",
            numbers: [
                "medianCount": count, "maximumCount": Double(groups.map(\.count).max() ?? 0), "totalMs": total,
                "savedMs": saved, "affectedTracesRatio": Double(groups.count) / reader.count,
                "callsBefore": before ?? .nan, "criticalShareRatio": share,
            ],
            exemplars: Exemplars(groups.map { ($0.trace, $0.milliseconds) }),
            explained: explained,
            isRegression: hasGrown
        )
    }

    // The calls and everything below them.
    private func explainedShare(of path: Int, _ test: ComparedTest) -> Double? {
        guard let top = test.change(of: path)?.explainedShare else { return nil }
        var share = top
        for (index, other) in test.profile.paths.enumerated() where index > path {
            var ancestor = other.parent
            while let next = ancestor, next > path { ancestor = test.profile.paths[next].parent }
            if ancestor == path { share += test.change(of: index)?.explainedShare ?? 0 }
        }
        return share
    }
}

extension FindingDetector where Self == RepeatedCallDetector {
    package static var repeatedCall: Self { Self() }
}
