import Analysis
import Mustache

/// `report.html`: one file without a single request to the network, verdict first.
struct HTMLReport: ArtifactRenderer {
    let name = "report.html"

    func render(_ report: RunReport) throws -> [Artifact] {
        var values = PageContent(report, text: .html).values
        values["tests"] = report.tests.enumerated().map { index, test in
            TestContent(test: test, index: index, text: .html).values.merging(pictures(of: test)) { _, new in new }
        }
        values["css"] = HTMLStyle.css
        values["patterns"] = FlamegraphStyle.patterns
        values["script"] = FlamegraphScript.source
        // No network, and no script or style but the two in this file, whatever telemetry may say.
        values["policy"] =
            "default-src 'none'; style-src \(ContentDigest.source(of: HTMLStyle.css)); "
            + "script-src \(ContentDigest.source(of: FlamegraphScript.source)); base-uri 'none'; form-action 'none'"
        let page = try MustacheTemplate(string: HTMLTemplate.source).render(values)
        return [Artifact(path: name, text: page)]
    }

    private func pictures(of test: TestReport) -> [String: Any] {
        let difference = FlamegraphPanel.difference(of: test)
        let panel = difference ?? FlamegraphPanel.profile(of: test)
        return [
            "timeline": TimelineChart(test)?.svg() ?? false,
            "distribution": DistributionChart(test)?.svg() ?? false,
            "waterfall": WaterfallChart(test)?.svg() ?? false,
            "flamegraph": panel.map { FlamegraphSVG(title: "Critical path", panels: [$0], parts: .inline).render() }
                ?? false,
            "flamegraphTitle": difference == nil ? "Critical path" : "Critical path against the baseline",
        ]
    }
}

extension ArtifactRenderer where Self == HTMLReport {
    static var html: Self { Self() }
}
