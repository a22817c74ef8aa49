package import Correlation

/// One suspected bottleneck or defect, with what supports it.
package struct Finding: Sendable, Hashable, Codable {
    /// Catalogue number, such as `F13` (`spec/analysis.md` section 5).
    package var id: String
    /// `lower_snake_case`, such as `n_plus_one_query`.
    package var kind: String
    /// Stable over runs: kind, endpoint, path and key, no numbers.
    package var fingerprint: String
    package var severity: Severity
    /// 0...1.
    package var confidence: Double
    package var culprit: CulpritReference
    /// The plan's name of the endpoint in which it shows.
    package var endpoint: String
    /// The path it is about, root first; empty when it is about no single path.
    package var path: [PathFrame]
    /// Whether it says that something got worse than the baseline; a standing bottleneck is no regression.
    package var isRegression: Bool
    /// Plain sentence for people.
    package var sentence: String
    package var suggestion: String
    package var evidence: Evidence
    /// Whose note accepts it, so that it does not count against the verdict; `nil` where it counts.
    package var acceptance: String?
    /// Who is to see to it, where somebody said so.
    package var assignee: String?

    package init(
        id: String,
        kind: String,
        fingerprint: String,
        severity: Severity,
        confidence: Double,
        culprit: CulpritReference,
        endpoint: String,
        sentence: String,
        suggestion: String,
        evidence: Evidence,
        path: [PathFrame] = [],
        isRegression: Bool = false
    ) {
        self.id = id
        self.kind = kind
        self.fingerprint = fingerprint
        self.severity = severity
        self.confidence = confidence
        self.culprit = culprit
        self.endpoint = endpoint
        self.path = path
        self.isRegression = isRegression
        self.sentence = sentence
        self.suggestion = suggestion
        self.evidence = evidence
    }
}
