package import Plans

extension RunReport {
    /// This attempt with the tests of the one before that it did not repeat.
    ///
    /// The gate is asked again: it uses the last attempt of every test, and says so.
    ///
    /// - Parameters:
    ///   - earlier: the attempt before, itself complete.
    ///   - plan: for the order of the tests, and the gate's options.
    /// - Returns: one report of all tests, each as its last attempt found it.
    package func completed(by earlier: RunReport, plan: TestPlan) -> RunReport {
        var report = self
        let repeated = Set(tests.map(\.name))
        let kept = earlier.tests.filter { !repeated.contains($0.name) }
        let order = Dictionary(plan.tests.enumerated().map { ($1.name, $0) }) { first, _ in first }
        report.tests = (kept + tests).sorted { order[$0.name] ?? 0 < order[$1.name] ?? 0 }
        let keptNames = Set(kept.map(\.name))
        let carried = earlier.findings.filter { keptNames.contains($0.endpoint) }
        report.findings = (findings + carried).enumerated()
            .sorted { ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset) }
            .map(\.element)
        report.culprits =
            culprits
            + earlier.culprits.filter { culprit in
                !culprits.contains { ($0.service, $0.operation) == (culprit.service, culprit.operation) }
                    && culprit.findings.allSatisfy { id in carried.contains { $0.id == id } }
            }
        report.services = Array(Set(services + earlier.services)).sorted()
        report.warnings = earlier.warnings + warnings.filter { !earlier.warnings.contains($0) }
        report.run.startedAt = earlier.run.startedAt
        report.status = report.tests.map(\.verdict.status).max { $0.rank < $1.rank } ?? .invalid
        let counted = report.tests.filter { $0.verdict.scoreExclusion == nil }
        report.score = (counted.isEmpty ? report.tests : counted).map(\.verdict.score.value).min() ?? 0
        var decision = Gate.decide(
            report.tests.map { ($0.name, $0.verdict) },
            options: plan.gate,
            interrupted: run.wasInterrupted
        )
        decision.notes += retry?.sentences ?? []
        report.gate = decision
        report.exitCode = decision.exitCode
        return report
    }
}
