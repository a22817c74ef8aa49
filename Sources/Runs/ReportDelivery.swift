import Analysis
import Baselines
import Plans
import Reporting

/// Puts a finished report where people and later runs find it: the artifacts' folder, then the store.
struct ReportDelivery: Sendable {
    /// The artifacts' folder.
    let output: String
    let secrets: SecretFilter
    /// `nil` remembers nothing.
    let store: BaselineStore?
    /// Whether the store gets the report, or has its parts already.
    var remembers = true
    /// Further names for what consumers look for.
    var layout = ArtifactLayout()
    /// For what it says of endpoints; `nil` where there is none.
    var project: Project?

    /// Makes the folder, before anything is measured for it.
    func prepare() throws(RunFailure) {
        guard !output.isEmpty else { throw RunFailure.badOption("--out is empty; expected the path of a folder") }
        do {
            try ArtifactWriter(directory: output).prepare()
        } catch {
            throw RunFailure.badOption("the output folder cannot be used: \(error)")
        }
    }

    /// Artifacts first, then the store; neither failure takes the other or the verdict along.
    ///
    /// `onNotice` is told why the report is not remembered, when it is not.
    func deliver(_ report: RunReport, onNotice: (String) -> Void) async -> RunOutcome {
        let clean = withoutSecrets(report)
        var failure: String?
        do {
            try write(report)
        } catch {
            failure = "the artifacts could not be written: \(error)"
        }
        do {
            if remembers { try await store?.record(clean ?? report) }
        } catch {
            onNotice("this run is not remembered for later comparison: \(error)")
        }
        if failure == nil, let store {
            do {
                let coverage = DocumentationCoverage(
                    histories: try await store.histories(),
                    endpoints: project?.knownEndpoints ?? [],
                    asked: Dictionary(project?.plan.tests.map { ($0.name, $0.endpoints) } ?? []) { $0 + $1 }
                )
                var added = report
                // The store has each test under the attempt that it is from.
                if !remembers { added.tests = [] }
                try write([coverage.artifact(for: added)])
            } catch {
                onNotice("\(DocumentationCoverage.path) could not be written: \(error)")
            }
        }
        return RunOutcome(report: report, shared: clean, directory: output, artifactsFailure: failure)
    }

    /// What may leave this machine; `nil` where blotting out a secret took the report's own numbers along.
    private func withoutSecrets(_ report: RunReport) -> RunReport? {
        guard let contents = try? RunReportCoder.encode(report) else { return nil }
        let artifact = Artifact(path: "run.json", contents: contents)
        let filtered = secrets.filtered(artifact)
        return filtered == artifact ? report : try? RunReportCoder.decode(filtered.contents)
    }

    /// Every artifact of the report, and none that an earlier report left in the same place.
    private func write(_ report: RunReport) throws {
        let renderers = [any ArtifactRenderer].standard
        let artifacts = try renderers.flatMap { try $0.render(report) }
        let written = Set(artifacts.map(\.path))
        let missing = renderers.map { Artifact(path: $0.name, contents: []) }.filter { !written.contains($0.path) }
        try write(layout.arranged(artifacts, of: report))
        ArtifactWriter(directory: output).remove(layout.arranged(missing, of: report).map(\.path))
    }

    private func write(_ artifacts: [Artifact]) throws(ArtifactWriteError) {
        try ArtifactWriter(directory: output).write(artifacts.map(secrets.filtered))
    }
}
