import Analysis
import Mustache

/// `report.html`: one file without a single request to the network, verdict first.
struct HTMLReport: ArtifactRenderer {
    let name = "report.html"

    func render(_ report: RunReport) throws -> [Artifact] {
        var values = PageContent(report, text: .html).values
        values["tests"] = report.tests.enumerated().map { index, test in
            TestContent(test: test, index: index, text: .html).values
                .merging(pictures(of: test, metrics: report.metrics ?? [])) { _, new in new }
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

    private func pictures(of test: TestReport, metrics: [ResourceSeries]) -> [String: Any] {
        let difference = FlamegraphPanel.difference(of: test)
        let panel = difference ?? FlamegraphPanel.profile(of: test)
        let traces = TraceWaterfall.pair(of: test)
        return [
            "timeline": TimelineChart(test, metrics: metrics)?.svg() ?? false,
            "stepChart": StepChart(test)?.svg() ?? false,
            "stepCaption": StepChart(test)?.caption ?? "",
            "distribution": DistributionChart(test)?.svg() ?? false,
            "waterfall": WaterfallChart(test)?.svg() ?? false,
            "traceNow": waterfall(traces.now) ?? false,
            "traceBefore": waterfall(traces.before) ?? false,
            "hasTraces": traces.now != nil,
            "variants": variants(of: test),
            "flamegraph": panel.map { FlamegraphSVG(title: "Critical path", panels: [$0], parts: .inline).render() }
                ?? false,
            "flamegraphTitle": difference == nil ? "Critical path" : "Critical path against the baseline",
        ]
    }

    private func waterfall(_ trace: TraceWaterfall?) -> [String: Any]? {
        trace.map {
            [
                "spans": $0.svg(), "summary": $0.summary,
                "more": $0.omitted > 0 ? "\(Quantity.count($0.omitted)) more rows and spans are not shown." : false,
            ]
        }
    }

    // Folded away: what most readers do not ask for, and some must have.
    private func variants(of test: TestReport) -> [[String: Any]] {
        var panels = [
            FlamegraphPanel.profile(of: test, weighing: .tail), FlamegraphPanel.profile(of: test, weighing: .own),
        ]
        if test.comparison != nil { panels.insert(FlamegraphPanel.profile(of: test), at: 0) }
        return panels.compactMap { $0 }.map { panel in
            [
                "variant": panel.weighing.title,
                "graph": FlamegraphSVG(title: panel.weighing.title, panels: [panel], parts: .inline).render(),
            ]
        }
    }
}

extension ArtifactRenderer where Self == HTMLReport {
    static var html: Self { Self() }
}
