/// The files of a project folder by name (`docs/formats/plan.md`).
enum ProjectFile {
    static let plan = "test-suite.plan.yaml"
    static let thresholds = "perf-thresholds.yaml"
    static let service = "service.metadata.yaml"
    static let observability = "observability.config.yaml"
    static let api = "generated.api.yaml"
    static let weights = "customWeighting.yaml"
    static let editions = "edition.config.json"

    /// Files of the format that this version does not act on.
    static let unread = [
        "trace.plan.yaml", "runtime-profile.yaml",
        "studio.annotation.yaml", "perf-baseline.memory.json", "event-trace.json",
    ]

    /// Gherkin scenarios are known by their ending.
    static func isUnread(_ name: String) -> Bool {
        unread.contains(name) || name.hasSuffix(".feature")
    }
}
