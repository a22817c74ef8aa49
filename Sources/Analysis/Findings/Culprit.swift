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
