import Correlation
import Glibc
import Statistics
import Telemetry

/// F05: the median is what it was, but the slowest requests have become slower.
package struct SlowerTailDetector: FindingDetector {
    package let kind = "slower_tail"
    var medianTolerance = 0.05
    var minimumRatio = 1.5
    /// Traces needed on either side for the p95 and for the p99.
    var minimumForP95: UInt64 = 100
    var minimumForP99: UInt64 = 500

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] { run.findings(findings) }

    private func findings(in reader: TraceReader) -> [Finding] {
        let test = reader.test
        guard let comparison = test.comparison else { return [] }
        let (before, after) = (comparison.baselineProfile.duration, test.profile.duration)
        let least = min(before.count, after.count)
        let median = ratio(before, after, 0.5)
        guard least >= minimumForP95, abs(median - 1) <= medianTolerance else { return [] }
        let quantiles = least >= minimumForP99 ? [0.99, 0.95] : [0.95]
        guard let quantile = quantiles.first(where: { isSlower(before, after, $0) }) else { return [] }
        let durations = reader.traces.map { reader.duration(of: $0) }.sorted()
        let (low, high) = (at(0.9, durations), at(0.995, durations))
        let (middleLow, middleHigh) = (at(0.4, durations), at(0.6, durations))
        let tail = reader.traces.filter { (low...high).contains(reader.duration(of: $0)) }
        let middle = reader.traces.filter { (middleLow...middleHigh).contains(reader.duration(of: $0)) }
        guard let contrast = reader.contrast(tail, middle), contrast.milliseconds > 0 else { return [] }
        let path = test.profile.paths[contrast.path]
        let operation = path.frame.synthetic == .client ? test.entry : path.frame.operation
        let change = ratio(before, after, quantile)
        let name = quantile == 0.99 ? "p99" : "p95"
        let (old, new) = (Double(before.quantile(quantile)) / 1e6, Double(after.quantile(quantile)) / 1e6)
        let confidence = min(0.9, comparison.baselineRunIDs.count < 3 ? 0.5 : 0.9)
        return [
            test.finding(
                "F05",
                kind,
                culprit: CulpritReference(operation, attribute: path.statement),
                path: test.profile.stack(to: contrast.path),
                severity: test.severity(share: (new - old) / new, confidence: confidence, atMost: .high),
                confidence: confidence,
                sentence: "the slowest requests of \(test.endpoint) have become slower: \(name) "
                    + "\(Wording.milliseconds(new)) (before: \(Wording.milliseconds(old))) at an equal median; "
                    + "they differ most in \(Wording.operation(operation)), "
                    + Wording.change(contrast.milliseconds),
                suggestion:
                    "Compare the worst trace with the typical one at this operation: locks, cold caches, retries "
                    + "and collection pauses hit some requests only.",
                numbers: [
                    "tailBeforeMs": old, "tailAfterMs": new, "tailRatio": change, "medianRatio": median,
                    "tailContrastMs": contrast.milliseconds, "quantileValue": quantile,
                ],
                exemplars: Exemplars(tail.map { ($0.traceID, Double(reader.duration(of: $0))) }),
                isRegression: true
            )
        ]
    }

    private func ratio(_ before: LatencyHistogram, _ after: LatencyHistogram, _ quantile: Double) -> Double {
        Double(after.quantile(quantile)) / Double(max(1, before.quantile(quantile)))
    }

    // Between runs the tail moves more than within one, so three standard errors and not two.
    private func isSlower(_ before: LatencyHistogram, _ after: LatencyHistogram, _ quantile: Double) -> Bool {
        let change = ratio(before, after, quantile)
        guard change >= minimumRatio, let left = before.quantileLogError(quantile),
            let right = after.quantileLogError(quantile)
        else { return false }
        return log(change) > 3 * (left * left + right * right).squareRoot()
    }

    private func at(_ share: Double, _ sorted: [UInt64]) -> UInt64 {
        sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
    }
}

extension FindingDetector where Self == SlowerTailDetector {
    package static var slowerTail: Self { Self() }
}
