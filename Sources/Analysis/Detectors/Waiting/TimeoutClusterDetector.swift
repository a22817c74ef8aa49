import Correlation
import Statistics
import Telemetry

/// F22: many calls take exactly equally long: they end at a timeout.
package struct TimeoutClusterDetector: FindingDetector {
    package let kind = "timeout_cluster"
    var minimumCalls = 5
    var minimumShare = 0.01
    /// How many times denser than beside it.
    var minimumDensity = 5.0
    var errorShare = 0.5
    /// Milliseconds that people configure.
    var roundValues = [100, 200, 250, 500, 1_000, 2_000, 3_000, 5_000, 10_000, 15_000, 20_000, 30_000, 60_000].map {
        Double($0)
    }

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] { run.findings(findings) }

    private func findings(in reader: TraceReader) -> [Finding] {
        let groups = RowGroups(reader) { row in
            reader.spans.kind[row] == .client ? Int(reader.spans.operation[row].rawValue) : nil
        }
        return groups.keys.compactMap { finding(groups[$0], reader) }
    }

    private func finding(_ rows: [Int], _ reader: TraceReader) -> Finding? {
        let test = reader.test
        guard rows.count >= 4 * minimumCalls else { return nil }
        let durations = rows.map { reader.milliseconds($0) }
        let times = durations.sorted()
        guard let mode = densest(times) else { return nil }
        let window = times[mode.range.lowerBound]...times[mode.range.upperBound - 1]
        let inside = zip(rows, durations).filter { window.contains($0.1) }.map(\.0)
        let errors = Double(inside.count { reader.isError($0) }) / Double(inside.count)
        let center = times[mode.range.lowerBound + inside.count / 2]
        let isRound = roundValues.contains { abs(center - $0) <= 0.01 * $0 }
        guard errors >= errorShare || isRound else { return nil }
        let operation = reader.operation(rows[0])
        let share = Double(inside.count) / Double(rows.count)
        let critical = inside.reduce(0.0) { $0 + Double(reader.context.critical[$1]) } / 1e6 / reader.count
        let ofMean = critical / max(1e-9, test.meanMilliseconds)
        return test.finding(
            "F22",
            kind,
            culprit: CulpritReference(operation),
            path: reader.stack(rows[0]),
            severity: test.severity(share: max(share, ofMean), confidence: 0.9, atMost: .high),
            confidence: 0.9,
            sentence: "\(Wording.percent(share)) of the calls of \(Wording.operation(operation)) take about "
                + "\(Wording.milliseconds(center)), as if cut off by a timeout; \(Wording.percent(errors)) of those fail",
            suggestion: "Find out what does not answer in time behind this call; a timeout of "
                + "\(Wording.milliseconds(center)) only bounds the damage.",
            numbers: [
                "timeoutMs": center, "clusterRatio": share, "clusterErrorRatio": errors,
                "clusterCount": Double(inside.count), "criticalShareRatio": min(1, ofMean),
            ],
            exemplars: Exemplars(inside.map { (reader.spans.traceID(of: $0), reader.milliseconds($0)) })
        )
    }

    /// The window of ±max(5 ms, 1 %) with most calls above the p75, if it is that much denser than those beside it.
    private func densest(_ times: [Double]) -> (range: Range<Int>, mode: Double)? {
        let p75 = times[Int(0.75 * Double(times.count - 1))]
        func half(_ mode: Double) -> Double { max(5, 0.01 * mode) }
        func first(atLeast value: Double) -> Int {
            var (low, high) = (0, times.count)
            while low < high {
                let middle = (low + high) / 2
                if times[middle] < value { low = middle + 1 } else { high = middle }
            }
            return low
        }
        var best: (range: Range<Int>, mode: Double)?
        for index in times.indices where times[index] > p75 || times[index] > 2 * times[times.count / 2] {
            let mode = times[index] + half(times[index])
            let range = index..<max(index, first(atLeast: times[index] + 2 * half(mode)))
            if range.count > best?.range.count ?? 0 { best = (range, mode) }
        }
        guard let best, best.range.count >= minimumCalls,
            Double(best.range.count) >= minimumShare * Double(times.count), best.mode > 10 + half(best.mode)
        else { return nil }
        let width = 2 * half(best.mode)
        let low = times[best.range.lowerBound]
        let below = first(atLeast: low) - first(atLeast: low - width)
        let above = first(atLeast: low + 2 * width) - best.range.upperBound
        return Double(best.range.count) >= minimumDensity * Double(max(1, max(below, above))) ? best : nil
    }
}

extension FindingDetector where Self == TimeoutClusterDetector {
    package static var timeoutCluster: Self { Self() }
}
