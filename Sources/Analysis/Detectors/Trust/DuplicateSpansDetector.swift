import Correlation
import Telemetry

/// F43: spans came more than once, or different spans came under one id.
package struct DuplicateSpansDetector: FindingDetector {
    package let kind = "duplicate_spans"
    var minimumShare = 0.001
    var minimumSpans = 5

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] {
        run.comparedTests.compactMap { test in
            let completeness = test.test.completeness
            let (copies, collisions) = (completeness.duplicateSpans, completeness.collidingSpans)
            let total = completeness.spans + copies + collisions
            let share = Double(copies + collisions) / Double(max(1, total))
            guard copies + collisions >= minimumSpans, share > minimumShare else { return nil }
            return test.finding(
                "F43",
                kind,
                culprit: CulpritReference(test.entry, attribute: "span ids"),
                severity: collisions * 100 > total ? .medium : .info,
                confidence: 0.95,
                sentence: "\(Wording.percent(share)) of the spans of \(test.endpoint) came twice: \(copies) copies and "
                    + "\(collisions) different spans under one id",
                suggestion: collisions > copies
                    ? "A sender makes ids that are not random: a fork without a new seed, or a fixed generator."
                    : "Two exporters, or an exporter behind a Collector that sends them again.",
                numbers: [
                    "duplicateRatio": share, "duplicateCount": Double(copies), "collisionCount": Double(collisions),
                ],
                exemplars: test.requestExemplars
            )
        }
    }
}

extension FindingDetector where Self == DuplicateSpansDetector {
    package static var duplicateSpans: Self { Self() }
}
