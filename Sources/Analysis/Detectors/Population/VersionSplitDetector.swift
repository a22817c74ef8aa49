import Correlation
import Statistics
import Telemetry

/// F32: two versions of a service run side by side and one is slower: a canary.
///
/// Needs `service.version` among the spans' attributes.
package struct VersionSplitDetector: FindingDetector {
    package let kind = "version_split"
    var minimumRatio = 1.25
    var minimumMilliseconds = 2.0
    var minimumSpans = 30
    var falseDiscoveryRate = 0.05

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] { run.findings(findings) }

    private func findings(in reader: TraceReader) -> [Finding] {
        let name = reader.vocabulary.intern("service.version")
        let slow = GroupedTimes.all(reader, least: minimumSpans) { row in
            reader.attribute(name, of: row)
        }
        .compactMap { times in
            times.slowest(ratio: minimumRatio, milliseconds: minimumMilliseconds).map { (times, $0) }
        }
        let qValues = MultipleTesting.benjaminiHochberg(slow.map { $0.1.p })
        return zip(slow, qValues).compactMap { entry, q in
            guard q <= falseDiscoveryRate else { return nil }
            let (times, found) = entry
            let operation = reader.vocabulary.operation(times.operation)
            let calls = Double(found.group.rows.count) / reader.count
            let share = (found.group.median - found.others) * calls / max(1e-9, reader.test.meanMilliseconds)
            return reader.test.finding(
                "F32",
                kind,
                culprit: CulpritReference(operation, attribute: "version \(found.group.label)"),
                path: reader.stack(found.group.rows[0]),
                severity: reader.test.severity(share: share, confidence: 0.9, atMost: .high),
                confidence: 0.9,
                sentence:
                    "\(Wording.operation(operation)) takes \(Wording.milliseconds(found.group.median)) in version "
                    + "\(found.group.label), \(Wording.milliseconds(found.others)) in the other running beside it",
                suggestion: "Stop rolling version \(found.group.label) out until this is understood.",
                numbers: [
                    "medianMs": found.group.median, "othersMs": found.others, "qValue": q,
                    "changeRatio": found.others > 0 ? found.group.median / found.others : .nan,
                    "criticalShareRatio": min(1, max(0, share)),
                ],
                exemplars: Exemplars(
                    found.group.rows.map { (reader.spans.traceID(of: $0), Double(reader.context.selfTime[$0])) }
                )
            )
        }
    }
}

extension FindingDetector where Self == VersionSplitDetector {
    package static var versionSplit: Self { Self() }
}
