import Analysis
import Baselines
import Reporting

/// Puts a finished report where people and later runs find it: the artifacts' folder, then the store.
struct ReportDelivery: Sendable {
    /// The artifacts' folder.
    let output: String
    let secrets: SecretFilter
    /// `nil` remembers nothing.
    let store: BaselineStore?

    /// Makes the folder, before anything is measured for it.
    func prepare() throws(RunFailure) {
        guard !output.isEmpty else { throw RunFailure.badOption("--out is empty; expected the path of a folder") }
        do {
            try ArtifactWriter(directory: output).prepare()
        } catch {
            throw RunFailure.badOption("the output folder cannot be used: \(error)")
        }
    }

    /// Artifacts first: they are what the user asked for, and a store that fails must not take them along.
    ///
    /// - Returns: why the report is not remembered; `nil` when it is, or was not to be.
    func deliver(_ report: RunReport) async throws(RunFailure) -> String? {
        do {
            let artifacts = try [any ArtifactRenderer].standard.flatMap { try $0.render(report) }
            try ArtifactWriter(directory: output).write(artifacts.map(secrets.filtered))
        } catch {
            throw RunFailure.notCarriedOut("the run was measured but its artifacts could not be written: \(error)")
        }
        do {
            try await store?.record(report)
            return nil
        } catch {
            return "this run is not remembered for later comparison: \(error)"
        }
    }
}
