package import Reporting

/// What the command line decides about a run; everything else stands in the project folder.
package struct RunSettings: Sendable {
    /// Folder or plan file; `nil` looks in `perf/`, then here.
    package var project: String?
    /// The editions to run instead of the plan's; empty means the plan's.
    package var editions: [String]
    /// Artifacts' folder; `nil` is `plimsoll-out/<run id>`.
    package var output: String?
    /// The SQLite file of baselines.
    package var store: String
    /// Overrides the configured OTLP/HTTP port; 0 takes any free one.
    package var otlpPort: Int?
    /// The process's environment: for `${NAME}` in the plan, and for the target.
    package var environment: [String: String]
    /// What the command line says of the gate.
    package var gate = GateSettings()
    /// Repetitions at most instead of the plan's.
    package var retries: Int?
    /// To repeat the run, for the report.
    package var command: String
    /// Further names under which the artifacts are written.
    package var layout: ArtifactLayout

    package init(
        project: String?,
        editions: [String] = [],
        output: String?,
        store: String,
        otlpPort: Int?,
        environment: [String: String],
        command: String,
        layout: ArtifactLayout = ArtifactLayout()
    ) {
        self.project = project
        self.editions = editions
        self.output = output
        self.store = store
        self.otlpPort = otlpPort
        self.environment = environment
        self.command = command
        self.layout = layout
    }
}
