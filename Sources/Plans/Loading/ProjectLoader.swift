import FoundationEssentials

/// Reads a project folder and validates everything in it before any load is sent.
package struct ProjectLoader: Sendable {
    private let environment: [String: String]
    private let workingDirectory: String

    /// Takes the variables that `${NAME}` may name, and the directory relative paths count from.
    package init(
        environment: [String: String],
        workingDirectory: String = FileManager.default.currentDirectoryPath
    ) {
        self.environment = environment
        self.workingDirectory = workingDirectory
    }

    /// Reads the folder or plan file at `path`; without one `perf/` when it holds a plan, else the working directory.
    ///
    /// Every file is read before anything is thrown, so that the error holds all that is wrong with the project.
    package func load(_ path: String?) throws(ProjectError) -> Project {
        let folder = try ProjectFolder.find(path, from: workingDirectory)
        var reading = ProjectReading(folder: folder)
        let variables = EnvironmentReader(environment: environment)
        let service =
            reading.file(ProjectFile.service, example: ServiceReader.example) { root in
                ServiceReader(environment: variables).service(root)
            } ?? ServiceMetadata()
        let api = reading.file(ProjectFile.api, example: APIDescription.example) { APIDescription($0) }
        let sources = PlanSources(
            environment: variables,
            files: ProjectFiles(directory: folder.path, shownPrefix: folder.shownPrefix),
            api: api,
            hasBrokenAPI: api == nil && folder.names().contains(ProjectFile.api)
        )
        if let flows = reading.file(ProjectFile.flows, example: FlowCatalogue.example, parse: FlowCatalogue.init) {
            sources.flows = flows
        }
        let editions =
            reading.file(ProjectFile.editions, example: EditionReader.example) { root in
                EditionReader(sources: sources).editions(root)
            } ?? []
        let plan = reading.file(folder.planName, example: TestReader.example) { root in
            PlanReader(sources: sources, service: service, folderName: folder.projectName, editions: editions)
                .plan(root)
        }
        let thresholds = reading.file(ProjectFile.thresholds, example: ThresholdReader.example) { root in
            ThresholdReader(planModuleID: plan?.moduleID).rules(root)
        }
        let observability = reading.file(ProjectFile.observability, example: ObservabilityReader.example) { root in
            ObservabilityReader(environment: variables).configuration(root)
        }
        let weights = reading.file(ProjectFile.weights, example: WeightReader.example) { root in
            WeightReader().rules(root)
        }
        let recorded = RecordedFiles(&reading)
        reading.warnOfUnreadFiles(features: sources.featureLogs)
        var diagnostics = reading.diagnostics
        let hasErrors = diagnostics.contains { $0.severity == .error }
        guard let plan, !hasErrors else {
            if !hasErrors {
                // The file went away between finding and reading it.
                diagnostics.append(PlanDiagnostic(file: folder.planName, message: "cannot be read"))
            }
            throw ProjectError(diagnostics: diagnostics)
        }
        var project = Project(
            plan: plan,
            thresholds: thresholds ?? [],
            service: service,
            observability: observability ?? ObservabilityConfiguration(),
            weights: weights ?? [],
            editions: editions.map(\.plan),
            warnings: diagnostics,
            directory: folder.path
        )
        project.annotations = recorded.annotations
        project.runtimeProfile = recorded.runtimeProfile
        project.recordedBaselines = recorded.baselines
        project.eventTrace = recorded.eventTrace
        var seen: Set<String> = []
        project.knownEndpoints = (service.endpoints + (api?.endpoints ?? [])).filter { seen.insert($0).inserted }
        return project
    }
}
