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
        var drafts: [ComparisonDraft] = []
        var places: [Int?] = []
        for (test, runs) in zip(tests, baselines) {
            let draft = ComparisonDraft(test, baselines: runs, environment: environment, settings: settings)
            places.append(draft == nil ? nil : drafts.count)
            if let draft { drafts.append(draft) }
        }
        drafts.test(settings: settings)
        return places.map { place in place.map { drafts[$0].comparison() } }
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
