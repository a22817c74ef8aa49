/// Why a project folder cannot be run: everything that is wrong with its files, not only the first thing.
package struct ProjectError: Error, Sendable, Hashable, CustomStringConvertible {
    /// At least one error; warnings of the same files stand beside it, in the order of files and lines.
    ///
    /// Each is one line.
    package var diagnostics: [PlanDiagnostic]
    /// A plan to start from, several lines; only where no plan was found.
    package var example: String?

    package init(diagnostics: [PlanDiagnostic], example: String? = nil) {
        self.diagnostics = diagnostics
        self.example = example
    }

    package var description: String {
        let lines = diagnostics.map(\.description).joined(separator: "\n")
        guard let example else { return lines }
        return lines + "\n\n" + example
    }
}
