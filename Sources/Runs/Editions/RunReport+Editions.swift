import Analysis
import Correlation
import Plans

extension RunReport {
    /// Sets every test beside the same test of another edition, as if that had been its baseline.
    ///
    /// - Parameters:
    ///   - edition: the other edition's report; without effect when its measurement cannot be trusted.
    ///   - analysis: of this run.
    ///   - run: this run's traces.
    mutating func compare(with edition: RunReport, by analysis: RunAnalysis, on run: CorrelatedRun) {
        guard edition.status != .invalid else { return }
        let other = Dictionary(edition.tests.map { ($0.name, $0) }) { first, _ in first }
        var analysis = analysis
        analysis.history = analysis.project.plan.tests.map { definition in
            other[definition.name].map {
                [BaselineRun($0, runID: edition.run.id, environment: edition.run.environment)]
            } ?? []
        }
        // Editions may differ in their traffic on purpose; the deviation names the ratio of the rates.
        analysis.settings.rateTolerance = .infinity
        let compared = analysis.report(on: run, as: self.run, warnings: [])
        for (index, test) in compared.tests.enumerated() {
            guard let comparison = test.comparison, let theirs = other[test.name] else { continue }
            tests[index].editionDeviation = EditionDeviation(
                comparison,
                of: test,
                to: theirs,
                in: edition.run,
                culprit: compared.culprit(of: test)
            )
        }
    }

    /// The first culprit that a finding of this test speaks of.
    private func culprit(of test: TestReport) -> Culprit? {
        let ids = Set(findings.filter { $0.endpoint == test.name }.map(\.id))
        return culprits.first { !ids.isDisjoint(with: $0.findings) }
    }
}
