import Analysis

/// `run.json`: the report itself, from which every other artifact can be rendered again.
struct RunJSON: ArtifactRenderer {
    let name = "run.json"

    func render(_ report: RunReport) throws -> [Artifact] {
        [Artifact(path: name, contents: try RunReportCoder.encode(report))]
    }
}

extension ArtifactRenderer where Self == RunJSON {
    static var run: Self { Self() }
}
