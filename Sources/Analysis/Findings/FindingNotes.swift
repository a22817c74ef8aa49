package import Plans

/// What people said of findings, put beside them.
///
/// A finding that somebody accepted stays in the report, and `Scorer` no longer counts it against the verdict.
package struct FindingNotes {
    private let annotations: [Annotation]
    private let plan: TestPlan

    /// `annotations` are those in force, as `VerdictRules` has them.
    package init(_ annotations: [Annotation], plan: TestPlan) {
        self.annotations = annotations.filter { $0.finding != nil }
        self.plan = plan
    }

    /// The same findings in the same order, each with whose note accepts it and whom it is assigned to.
    package func applied(to findings: [Finding]) -> [Finding] {
        guard !annotations.isEmpty else { return findings }
        return findings.map { finding in
            guard let test = plan.tests.first(where: { $0.name == finding.endpoint }) else { return finding }
            let own = annotations.applying(to: test, in: plan).filter {
                $0.finding?.fingerprint == finding.fingerprint
            }
            var noted = finding
            noted.acceptance = own.first { $0.finding?.isAccepted == true }?.attribution
            noted.assignee = own.lazy.compactMap { $0.finding?.assignee }.first
            return noted
        }
    }
}
