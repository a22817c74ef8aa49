import Correlation
import Statistics
import Telemetry

/// F30: slow or failed requests have an attribute in common that others lack.
package struct AttributeContrastDetector: FindingDetector {
    package let kind = "attribute_contrast"
    var minimumTraces = 100
    var minimumSlowTraces = 20
    var cardinality = 1_000
    var falseDiscoveryRate = 0.01
    var minimumDifference = 0.10
    /// Cramér's V from which the association is worth a finding of its own.
    var minimumAssociation = 0.3
    /// Values whose traces are nearly the same are one finding.
    var sameTraces = 0.95
    /// Traces looked at, evenly chosen: every attribute of every span is counted.
    var sample = 2_000

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] { run.findings(findings) }

    private struct Candidate {
        var attribute: SpanAttribute
        var traces: Set<Int>
        var inSlow: Int
        var inOthers: Int
        var p = 1.0
        var association = 0.0
        var row = 0
    }

    private func findings(in reader: TraceReader) -> [Finding] {
        guard reader.traces.count >= minimumTraces else { return [] }
        let reader = reader.thinned(to: sample)
        let failed = reader.traces.indices.filter {
            reader.test.test.load.samples[reader.traces[$0].sample].outcome != .completed
        }
        let durations = reader.traces.map { reader.duration(of: $0) }
        let limit = durations.sorted()[Int(0.9 * Double(durations.count))]
        let slow = durations.indices.filter { durations[$0] >= limit }
        let isFailed = failed.count >= minimumSlowTraces
        return [finding(among: Set(isFailed ? failed : slow), isFailed: isFailed, reader)].compactMap { $0 }
    }

    private func finding(among slow: Set<Int>, isFailed: Bool, _ reader: TraceReader) -> Finding? {
        var candidates = candidates(slow, reader)
        let others = reader.traces.count - slow.count
        guard slow.count >= minimumSlowTraces, others >= minimumSlowTraces else { return nil }
        for index in candidates.indices {
            let candidate = candidates[index]
            let table = ContingencyTable([
                [Double(candidate.inSlow), Double(slow.count - candidate.inSlow)],
                [Double(candidate.inOthers), Double(others - candidate.inOthers)],
            ])
            candidates[index].association = table.association
            candidates[index].p =
                ProportionTest(
                    before: UInt64(candidate.inOthers),
                    of: UInt64(others),
                    after: UInt64(candidate.inSlow),
                    of: UInt64(slow.count)
                ).p
        }
        let qValues = MultipleTesting.benjaminiHochberg(candidates.map(\.p))
        let kept = zip(candidates, qValues).filter { candidate, q in
            let difference =
                Double(candidate.inSlow) / Double(slow.count)
                - Double(candidate.inOthers) / Double(others)
            return q <= falseDiscoveryRate && difference >= minimumDifference
                && candidate.association >= minimumAssociation
        }
        .sorted { ($0.0.association, $1.0.attribute.key.rawValue) > ($1.0.association, $0.0.attribute.key.rawValue) }
        guard let (best, q) = kept.first else { return nil }
        let same = kept.dropFirst().filter { jaccard($0.0.traces, best.traces) >= sameTraces }.map {
            name($0.0, reader)
        }
        return finding(best, q: q, same: same, slow: slow, others: others, isFailed: isFailed, reader)
    }

    private func candidates(_ slow: Set<Int>, _ reader: TraceReader) -> [Candidate] {
        var found: [SpanAttribute: Candidate] = [:]
        var values: [StringID: Int] = [:]
        for (index, trace) in reader.traces.enumerated() {
            for row in trace.rows {
                for attribute in reader.attributes(of: row) {
                    if found[attribute] == nil {
                        values[attribute.key, default: 0] += 1
                        guard values[attribute.key, default: 0] <= cardinality else { continue }
                        found[attribute] = Candidate(attribute: attribute, traces: [], inSlow: 0, inOthers: 0, row: row)
                    }
                    guard found[attribute]?.traces.insert(index).inserted == true else { continue }
                    if slow.contains(index) {
                        found[attribute]?.inSlow += 1
                    } else {
                        found[attribute]?.inOthers += 1
                    }
                }
            }
        }
        return found.values
            .filter { values[$0.attribute.key, default: 0] <= cardinality && $0.inSlow >= minimumSlowTraces }
            .filter { !isOutcome(reader.vocabulary.string($0.attribute.key)) && $0.traces.count < reader.traces.count }
            .sorted {
                ($0.attribute.key.rawValue, $0.attribute.value.rawValue)
                    < ($1.attribute.key.rawValue, $1.attribute.value.rawValue)
            }
    }

    // What says that a request was slow or failed explains nothing.
    private func isOutcome(_ key: String) -> Bool {
        key == "error.type" || key.hasSuffix("status_code") || key.hasSuffix(".duration") || key.hasPrefix("exception.")
            || key.hasSuffix(".id")
    }

    private func jaccard(_ left: Set<Int>, _ right: Set<Int>) -> Double {
        let both = left.intersection(right).count
        return Double(both) / Double(max(1, left.count + right.count - both))
    }

    private func name(_ candidate: Candidate, _ reader: TraceReader) -> String {
        "\(reader.vocabulary.string(candidate.attribute.key)) = \(reader.vocabulary.string(candidate.attribute.value))"
    }

    private func finding(
        _ best: Candidate,
        q: Double,
        same: [String],
        slow: Set<Int>,
        others: Int,
        isFailed: Bool,
        _ reader: TraceReader
    ) -> Finding {
        let test = reader.test
        let name = name(best, reader)
        let (inSlow, inOthers) = (Double(best.inSlow) / Double(slow.count), Double(best.inOthers) / Double(others))
        let operation = reader.operation(best.row)
        let traces = best.traces.filter { slow.contains($0) }.sorted().map { index in
            (trace: reader.traces[index].traceID, value: Double(reader.duration(of: reader.traces[index])))
        }
        return test.finding(
            "F30",
            kind,
            culprit: CulpritReference(operation, attribute: name),
            path: reader.stack(best.row),
            key: name,
            severity: best.association >= 0.5 ? .medium : .low,
            confidence: min(0.95, 1 - q),
            sentence:
                "\(Wording.percent(inSlow)) of the \(isFailed ? "failed" : "slowest") requests of \(test.endpoint) have "
                + "\(name), of the others \(Wording.percent(inOthers))"
                + (same.isEmpty ? "" : " (the same traces: \(same.prefix(3).joined(separator: ", ")))"),
            suggestion: "Compare a trace with \(name) with one without it.",
            numbers: [
                "inSlowRatio": inSlow, "inOthersRatio": inOthers, "associationValue": best.association, "qValue": q,
                "collinearCount": Double(same.count),
            ],
            exemplars: Exemplars(traces)
        )
    }
}

extension FindingDetector where Self == AttributeContrastDetector {
    package static var attributeContrast: Self { Self() }
}
