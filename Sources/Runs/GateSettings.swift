package import Plans

/// What the command line says of the gate, before what the plan says.
package struct GateSettings: Sendable {
    /// In a pipeline: a score below 0.85 fails, unless the plan asks for another.
    package var isPipeline = false
    package var failsOnDegraded: Bool?
    package var warnsOnRegression: Bool?
    package var minimumScore: Double?

    package init() {}

    package func applied(to plan: GateOptions) -> GateOptions {
        var options = plan
        options.failsOnDegraded = failsOnDegraded ?? plan.failsOnDegraded
        options.warnsOnRegression = warnsOnRegression ?? plan.warnsOnRegression
        options.minimumScore =
            minimumScore ?? plan.minimumScore ?? (isPipeline ? GateOptions.minimumScoreInPipelines : nil)
        return options
    }
}
