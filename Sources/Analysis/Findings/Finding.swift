package import Correlation
package import Telemetry

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

package enum Severity: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    case info, low, medium, high, critical

    package static func < (left: Severity, right: Severity) -> Bool {
        (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
}

package struct CulpritReference: Sendable, Hashable, Codable {
    package var service: String
    package var operation: String
    /// What about it, such as the repeated query text.
    package var attribute: String?

    package init(service: String, operation: String, attribute: String? = nil) {
        self.service = service
        self.operation = operation
        self.attribute = attribute
    }
}

/// What supports a finding.
///
/// Every number names its unit in its key (`…Ms`, `…Ratio`, `…Count`).
package struct Evidence: Sendable, Hashable, Codable {
    package var numbers: [String: Double]
    /// Closest to the current median, the worst, and a baseline trace of the same kind.
    package var typicalTraceID: TraceID?
    package var worstTraceID: TraceID?
    package var baselineTraceID: TraceID?
    package var baselineTraces: Int
    package var currentTraces: Int
    /// Share of the endpoint's slowdown that this explains; `nil` without a baseline.
    package var explainedShare: Double?

    package init(
        numbers: [String: Double] = [:],
        typicalTraceID: TraceID? = nil,
        worstTraceID: TraceID? = nil,
        baselineTraceID: TraceID? = nil,
        baselineTraces: Int = 0,
        currentTraces: Int = 0,
        explainedShare: Double? = nil
    ) {
        self.numbers = numbers
        self.typicalTraceID = typicalTraceID
        self.worstTraceID = worstTraceID
        self.baselineTraceID = baselineTraceID
        self.baselineTraces = baselineTraces
        self.currentTraces = currentTraces
        self.explainedShare = explainedShare
    }
}

/// One line of the answer to "who": best first.
package struct Culprit: Sendable, Hashable, Codable {
    package var service: String
    package var operation: String
    /// For ordering; larger is worse.
    package var score: Double
    package var confidence: Double
    /// Of the slowdown when there is a baseline, else of the critical path; 0...1.
    package var share: Double
    /// Ids of the findings that name it.
    package var findings: [String]

    /// Below this a ranked suspect is not called the culprit to anybody's face.
    package static let namingConfidence = 0.2

    package init(
        service: String,
        operation: String,
        score: Double,
        confidence: Double,
        share: Double,
        findings: [String]
    ) {
        self.service = service
        self.operation = operation
        self.score = score
        self.confidence = confidence
        self.share = share
        self.findings = findings
    }
}
