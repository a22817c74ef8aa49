package import Correlation
package import Plans

/// One test of a run: what was measured, what it means.
package struct TestReport: Sendable, Codable {
    package var name: String
    package var testType: TestType
    package var verdict: Verdict
    package var load: LoadSummary
    package var resources: ResourceUsage
    package var completeness: Completeness
    package var profile: EndpointProfile
    /// `nil` on a first run.
    package var comparison: EndpointComparison?
    /// Against the same test of another edition; `nil` where only one edition was run.
    package var editionDeviation: EditionDeviation?
    /// The trace that the culprit's finding points to; `nil` where the profile's own is as good.
    package var exemplar: ExemplarTrace?
    /// Of its scenarios or business flow; `nil` where it has none.
    package var tags: [String]?

    package init(
        name: String,
        testType: TestType,
        verdict: Verdict,
        load: LoadSummary,
        resources: ResourceUsage,
        completeness: Completeness,
        profile: EndpointProfile,
        comparison: EndpointComparison?
    ) {
        self.name = name
        self.testType = testType
        self.verdict = verdict
        self.load = load
        self.resources = resources
        self.completeness = completeness
        self.profile = profile
        self.comparison = comparison
    }

    /// The plan's word for the type, such as `spike`: for readers that must not know plans.
    package var testTypeName: String { testType.rawValue }
}
