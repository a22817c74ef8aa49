import Correlation
import Telemetry

/// F02: an operation spends more time of its own on the critical path than before.
package struct SelfTimeRegressionDetector: FindingDetector {
    package let kind = FindingKind.selfTimeRegression
    var minimumTraces = 20

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] {
        run.comparedTests.flatMap { test in
            PathRegression.all(in: test, minimumTraces: minimumTraces)
                .filter { $0.path.frame.synthetic == nil }
                .map { finding($0, in: test) }
        }
    }

    private func finding(_ regression: PathRegression, in test: ComparedTest) -> Finding {
        let operation = regression.path.frame.operation
        let stack = regression.change.stack
        return Finding(
            id: "F02",
            kind: kind,
            fingerprint: Fingerprint.make(kind: kind, endpoint: test.endpoint, path: stack),
            severity: regression.severity,
            confidence: regression.change.critical.confidence,
            culprit: CulpritReference(
                service: operation.service,
                operation: operation.name,
                attribute: regression.path.statement
            ),
            endpoint: test.endpoint,
            sentence: regression.sentence(subject: Wording.operation(operation), endpoint: test.endpoint),
            suggestion: suggestion(for: regression.path),
            evidence: regression.evidence,
            path: stack,
            isRegression: true
        )
    }

    private func suggestion(for path: PathProfile) -> String {
        if let statement = path.statement {
            return "Look at the query plan and at the locks it waits for: \(Wording.statement(statement))"
        }
        return "Compare the worst trace with the baseline trace: the time is spent inside this operation itself, "
            + "computing or waiting for something that has no span."
    }
}

extension FindingDetector where Self == SelfTimeRegressionDetector {
    package static var selfTimeRegression: Self { Self() }
}
