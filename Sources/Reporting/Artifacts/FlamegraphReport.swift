import Analysis

/// `flamegraph.svg`: where the time of a request goes, one panel an endpoint; nothing without complete traces.
struct FlamegraphReport: ArtifactRenderer {
    let name = "flamegraph.svg"

    func render(_ report: RunReport) throws -> [Artifact] {
        let panels = report.tests.flatMap { test in
            [FlamegraphWeighing.critical, .tail, .errors, .own].compactMap {
                FlamegraphPanel.profile(of: test, weighing: $0)
            }
        }
        guard !panels.isEmpty else { return [] }
        let title = "Critical path, run \(PlainText.clean(report.run.id, limit: 60))"
        let metadata = "retryAttempt: \(report.retryAttempt)"
        return [Artifact(path: name, text: FlamegraphSVG(title: title, panels: panels, metadata: metadata).render())]
    }
}

extension ArtifactRenderer where Self == FlamegraphReport {
    static var flamegraph: Self { Self() }
}
