import Analysis
import Mustache

/// `report.html`: one file without a single request to the network, verdict first.
struct HTMLReport: ArtifactRenderer {
    let name = "report.html"

    func render(_ report: RunReport) throws -> [Artifact] {
        let values: [String: Any] = [
            "title": PageContent(report, text: .html).values["title"] ?? "",
            "retryAttempt": String(report.retryAttempt),
            "css": HTMLStyle.css,
            "patterns": FlamegraphStyle.patterns,
            "script": FlamegraphScript.source,
            "policy": RunPage.policy,
            "content": try RunPage(report).content(),
        ]
        let page = try MustacheTemplate(string: HTMLTemplate.page).render(values)
        return [Artifact(path: name, text: page)]
    }
}

extension ArtifactRenderer where Self == HTMLReport {
    static var html: Self { Self() }
}
