/// Limits for whatever the selector matches.
///
/// The most specific match wins, field by field (endpoint > test type > edition > module).
package struct ThresholdRule: Sendable, Hashable {
    package var moduleID: String?
    package var editionID: String?
    package var testType: TestType?
    package var endpoint: String?
    package var limits: Limits
    /// Shown beside the limit in artifacts, such as `perf-thresholds.yaml:4`.
    package var source: String

    package init(
        moduleID: String? = nil,
        editionID: String? = nil,
        testType: TestType? = nil,
        endpoint: String? = nil,
        limits: Limits,
        source: String
    ) {
        self.moduleID = moduleID
        self.editionID = editionID
        self.testType = testType
        self.endpoint = endpoint
        self.limits = limits
        self.source = source
    }
}

/// Limits a person can set; `nil` where none is.
package struct Limits: Sendable, Hashable {
    package var p50Milliseconds: Double?
    package var p95Milliseconds: Double?
    package var p99Milliseconds: Double?
    package var minimumRate: Double?
    /// 0...1.
    package var maximumErrorRate: Double?
    package var maximumCPUPercent: Double?
    package var maximumMemoryMiB: Double?

    package init() {}
}

/// `customWeighting.yaml`: weights that sum to 1 for whatever the selector matches.
package struct WeightRule: Sendable, Hashable {
    package var moduleID: String?
    package var editionID: String?
    package var testType: TestType?
    package var weights: ScoreWeights
    package var source: String

    package init(
        moduleID: String? = nil,
        editionID: String? = nil,
        testType: TestType? = nil,
        weights: ScoreWeights,
        source: String
    ) {
        self.moduleID = moduleID
        self.editionID = editionID
        self.testType = testType
        self.weights = weights
        self.source = source
    }
}

/// The five weights of the score; they sum to 1.
package struct ScoreWeights: Sendable, Hashable {
    package var latency = 0.35
    package var throughput = 0.25
    package var errors = 0.20
    package var resources = 0.10
    package var baselineDelta = 0.10

    package init() {}
}
