/// The files of a project folder by name (`docs/formats/plan.md`).
enum ProjectFile {
    static let plan = "test-suite.plan.yaml"
    static let thresholds = "perf-thresholds.yaml"
    static let service = "service.metadata.yaml"
    static let observability = "observability.config.yaml"
    static let api = "generated.api.yaml"
    static let weights = "customWeighting.yaml"
    static let editions = "edition.config.json"

    static let flows = "trace.plan.yaml"
    static let runtimeProfile = "runtime-profile.yaml"
    static let annotations = "studio.annotation.yaml"
    static let recordedBaseline = "perf-baseline.memory.json"
    static let eventTrace = "event-trace.json"

    /// Gherkin scenarios are known by their ending.
    static func isFeature(_ name: String) -> Bool { name.hasSuffix(".feature") }
}
