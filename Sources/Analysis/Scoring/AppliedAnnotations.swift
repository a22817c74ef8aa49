import Plans

/// What the notes of people come to for one test: of several the most specific counts, field by field.
struct AppliedAnnotations {
    private let notes: [Annotation]

    init(_ annotations: [Annotation], to definition: TestDefinition, in plan: TestPlan) {
        notes = annotations.applying(to: definition, in: plan)
    }

    /// As rules that win over all of `perf-thresholds.yaml`, most specific first.
    var limits: [ThresholdRule] { notes.map { ThresholdRule(limits: $0.limits, source: $0.attribution) } }

    /// The status that a person gives, and whose note it is.
    var status: (status: TestStatus, source: String)? {
        for note in notes {
            if let status = note.status.flatMap({ TestStatus(rawValue: $0.rawValue) }) {
                return (status, note.attribution)
            }
        }
        return nil
    }

    var flakiness: String? { notes.first { $0.isFlaky }?.attribution }

    var gateExclusion: String? { notes.first { $0.excludesFromGate }?.attribution }

    /// Set where no part of the score counts.
    var scoreExclusion: String? {
        notes.first { $0.excludedParts.count == ScorePart.allCases.count }?.attribution
    }

    /// Whose note leaves the part out; `nil` where it counts.
    func exclusion(of part: ScoreComponent.Name) -> String? {
        guard scoreExclusion == nil, let part = ScorePart(rawValue: part.rawValue) else { return nil }
        return notes.first { $0.excludedParts.contains(part) }?.attribution
    }
}
