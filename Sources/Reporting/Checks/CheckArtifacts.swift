package import Analysis

/// `anomaly-report.json`, `.md` and `.html`: the answer to "is this deploy fine?" as files.
package enum CheckArtifacts {
    package static let names = ["anomaly-report.json", "anomaly-report.md", "anomaly-report.html"]

    /// The three files, in the order of `names`.
    package static func render(_ report: CheckReport) throws -> [Artifact] {
        [
            Artifact(path: names[0], text: JSONText.document(CheckDocument.value(of: report))),
            Artifact(path: names[1], text: try markdown(report)),
            Artifact(path: names[2], text: try html(report)),
        ]
    }

    /// Small enough for a comment.
    package static func markdown(_ report: CheckReport) throws -> String {
        try CheckPage.markdown(report)
    }

    /// One file without a request to the network.
    package static func html(_ report: CheckReport) throws -> String {
        try CheckPage.html(report)
    }
}
