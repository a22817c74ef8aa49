/// A validated project folder: everything a run is told by people.
package struct Project: Sendable {
    package var plan: TestPlan
    package var thresholds: [ThresholdRule]
    package var service: ServiceMetadata
    package var observability: ObservabilityConfiguration
    package var weights: [WeightRule]
    package var annotations: [Annotation] = []
    package var runtimeProfile: [RuntimeProfileRule] = []
    package var recordedBaselines: [RecordedBaseline] = []
    package var eventTrace: EventTrace?
    /// `METHOD /path` of all that the service is known to have, tested or not; paths may have `{names}`.
    package var knownEndpoints: [String] = []
    /// As `edition.config.json` describes them.
    package var editions: [EditionPlan]
    /// Unknown keys and the like, each with its place; shown before the run.
    package var warnings: [PlanDiagnostic]
    /// Absolute path; relative paths in the files count from here.
    package var directory: String

    package init(
        plan: TestPlan,
        thresholds: [ThresholdRule] = [],
        service: ServiceMetadata = ServiceMetadata(),
        observability: ObservabilityConfiguration = ObservabilityConfiguration(),
        weights: [WeightRule] = [],
        editions: [EditionPlan] = [],
        warnings: [PlanDiagnostic] = [],
        directory: String
    ) {
        self.plan = plan
        self.thresholds = thresholds
        self.service = service
        self.observability = observability
        self.weights = weights
        self.editions = editions
        self.warnings = warnings
        self.directory = directory
    }
}
