/// What the command line decides about a diagnosis.
package struct DiagnosisSettings: Sendable {
    /// Files, folders of files, or addresses, with the traces that are to be explained.
    package var current: [String]
    /// The same for the time before; or one id of a stored run; empty for none.
    package var baseline: [String]
    /// Files, or addresses of files or of one Prometheus server.
    package var metrics: [String]
    /// The key under which the diagnosis is remembered.
    package var module: String
    /// Artifacts' folder; `nil` is `plimsoll-out/<run id>`.
    package var output: String?
    /// The SQLite file of runs.
    package var store: String
    /// Whether the diagnosis is put into the store.
    package var isRecorded: Bool
    /// To repeat it, for the report.
    package var command: String

    package init(
        current: [String],
        baseline: [String] = [],
        metrics: [String] = [],
        module: String = "diagnosis",
        output: String? = nil,
        store: String,
        isRecorded: Bool = false,
        command: String
    ) {
        self.current = current
        self.baseline = baseline
        self.metrics = metrics
        self.module = module
        self.output = output
        self.store = store
        self.isRecorded = isRecorded
        self.command = command
    }
}
