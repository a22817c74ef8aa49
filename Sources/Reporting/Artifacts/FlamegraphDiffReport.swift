import Analysis

/// `flamegraph.diff.svg`: what changed against the baseline; nothing where no endpoint has one.
struct FlamegraphDiffReport: ArtifactRenderer {
    let name = "flamegraph.diff.svg"

    func render(_ report: RunReport) throws -> [Artifact] {
        let panels = report.tests.compactMap { FlamegraphPanel.difference(of: $0) }
        guard !panels.isEmpty else { return [] }
        let title = "Critical path against the baseline, run \(PlainText.clean(report.run.id, limit: 60))"
        let metadata = "retryAttempt: \(report.retryAttempt)"
        return [Artifact(path: name, text: FlamegraphSVG(title: title, panels: panels, metadata: metadata).render())]
    }
}

extension ArtifactRenderer where Self == FlamegraphDiffReport {
    static var flamegraphDiff: Self { Self() }
}
