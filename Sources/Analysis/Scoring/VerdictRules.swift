package import Plans

/// What people set for the tests of a run, as far as it is in force when the run starts.
package struct VerdictRules: Sendable {
    package var thresholds: [ThresholdRule] = []
    package var weights: [WeightRule] = []
    package var annotations: [Annotation] = []
    /// Notes that held once and no longer do.
    package var expired: [Annotation] = []
    package var recordedBaselines: [RecordedBaseline] = []

    package init() {}

    /// Takes the rules of a project; `now` is the start of the run, Unix seconds.
    package init(_ project: Project, at now: Int64) {
        thresholds = project.thresholds
        weights = project.weights
        annotations = project.annotations.filter { !$0.isExpired(at: now) }
        expired = project.annotations.filter { $0.isExpired(at: now) }
        recordedBaselines = project.recordedBaselines.filter(\.isAcceptable)
    }

    /// Without what earlier runs say.
    var withoutBaselines: VerdictRules {
        var rules = self
        rules.recordedBaselines = []
        return rules
    }

    /// Sentences for the report: what no longer holds.
    package var warnings: [String] {
        expired.map { "the note \($0.attribution) has run out and changes nothing any more" }
    }
}
