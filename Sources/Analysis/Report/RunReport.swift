package import Correlation

/// Everything a run found out: the only input of every artifact.
package struct RunReport: Sendable, Codable {
    package var schema = "plimsoll-run/1"
    package var run: RunIdentity
    package var tests: [TestReport]
    /// Worst first.
    package var findings: [Finding]
    package var culprits: [Culprit]
    /// The worst of the tests.
    package var status: TestStatus
    /// The lowest of the tests.
    package var score: Double
    package var exitCode: Int
    package var completeness: Completeness
    package var services: [String]
    /// Configuration warnings, dropped data and other things a reader must know.
    package var warnings: [String]
    /// `nil` in reports from before it was kept.
    package var gate: GateDecision?
    /// What scraped metrics say over the run, at most `MetricTimeline.pointLimit` points each; `nil` where none were.
    package var metrics: [ResourceSeries]?
    /// `nil` where nothing was repeated.
    package var retry: RetryHistory?

    package init(
        run: RunIdentity,
        tests: [TestReport],
        findings: [Finding],
        culprits: [Culprit],
        status: TestStatus,
        score: Double,
        exitCode: Int,
        completeness: Completeness,
        services: [String],
        warnings: [String]
    ) {
        self.run = run
        self.tests = tests
        self.findings = findings
        self.culprits = culprits
        self.status = status
        self.score = score
        self.exitCode = exitCode
        self.completeness = completeness
        self.services = services
        self.warnings = warnings
    }
}
