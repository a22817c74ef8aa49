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
    package func load(_ path: String?) throws(ProjectError) -> Project {
        throw ProjectError(diagnostics: [PlanDiagnostic(file: path ?? "perf", message: "no plan found")])
    }
}
