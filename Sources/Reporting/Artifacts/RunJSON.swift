package import Analysis

/// `run.json`: the report itself, from which every other artifact can be rendered again.
package struct RunJSON: ArtifactRenderer {
    package let name = "run.json"

    package func render(_ report: RunReport) throws -> [Artifact] {
        [Artifact(path: name, contents: try RunReportCoder.encode(report))]
    }
}

extension ArtifactRenderer where Self == RunJSON {
    package static var run: Self { Self() }
}
