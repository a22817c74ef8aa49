package import Correlation

/// Compares a run with the stored baselines of its endpoints.
package struct BaselineComparator: Sendable {
    private let settings: ComparisonSettings

    package init(settings: ComparisonSettings = ComparisonSettings()) {
        self.settings = settings
    }

    /// Compares all tests of a run at once, so that Benjamini-Hochberg runs over the whole comparison.
    ///
    /// - Parameters:
    ///   - tests: the tests of the run.
    ///   - baselines: one list a test, newest first, accepted runs only; an empty list gives `nil`.
    ///   - environment: of the current run, as in `RunIdentity.environment`.
    /// - Returns: one a test, in order.
    package func compare(
        _ tests: [CorrelatedTest],
        with baselines: [[BaselineRun]],
        environment: String
    ) -> [EndpointComparison?] {
        precondition(tests.count == baselines.count, "one list of baselines a test")
        var drafts = zip(tests, baselines).map {
            ComparisonDraft($0, baselines: $1, environment: environment, settings: settings)
        }
        var floors = NoiseFloors(settings: settings)
        for draft in drafts { draft?.contribute(to: &floors) }

        var hypotheses: [Hypothesis] = []
        var ranges: [Range<Int>] = []
        for index in drafts.indices {
            let start = hypotheses.count
            hypotheses += drafts[index]?.hypotheses(floors: floors) ?? []
            ranges.append(start..<hypotheses.count)
        }
        Hypothesis.adjust(&hypotheses)
        for index in drafts.indices { drafts[index]?.accept(hypotheses[ranges[index]]) }
        return drafts.map { $0?.comparison() }
    }

    /// Compares one test alone.
    ///
    /// `baselines` are newest first.
    package func compare(
        _ test: CorrelatedTest,
        with baselines: [BaselineRun],
        environment: String
    ) -> EndpointComparison? {
        compare([test], with: [baselines], environment: environment)[0]
    }
}
