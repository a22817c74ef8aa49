package import Correlation
package import Statistics

/// One accepted earlier run of the same module, edition, test type and endpoint.
package struct BaselineRun: Sendable, Hashable, Codable {
    package var runID: String
    package var profile: EndpointProfile
    /// From the intended start, as the verdict counts.
    package var latency: LatencyHistogram
    package var errorRate: Double
    package var achievedRate: Double
    /// Weighted score of that test, 0...1.
    package var score: Double
    /// `TestStatus.rawValue` of that test.
    package var status: String
    package var coverage: Double?
    package var environment: String

    package init(
        runID: String,
        profile: EndpointProfile,
        latency: LatencyHistogram,
        errorRate: Double,
        achievedRate: Double,
        score: Double,
        status: String,
        coverage: Double?,
        environment: String
    ) {
        self.runID = runID
        self.profile = profile
        self.latency = latency
        self.errorRate = errorRate
        self.achievedRate = achievedRate
        self.score = score
        self.status = status
        self.coverage = coverage
        self.environment = environment
    }
}
