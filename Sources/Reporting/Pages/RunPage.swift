package import Analysis
import Authentication
import Mustache

/// A run for people, verdict first: what `report.html` holds, and what the Studio shows of a run.
package struct RunPage {
    /// For the content and the charts in it; both colour schemes, phones and paper.
    package static var style: String { HTMLStyle.css }

    /// What a page must have once for the flamegraphs in it: an SVG of hatchings.
    package static var patterns: String {
        "<svg class=\"flame defs\" width=\"0\" height=\"0\" aria-hidden=\"true\">\(FlamegraphStyle.patterns)</svg>"
    }

    /// Zoom, search and keyboard of every flamegraph in the page.
    package static var script: String { FlamegraphScript.source }

    /// For `report.html` as a file: no network, and no script or style but the two in it, whatever telemetry may say.
    package static var policy: String {
        "default-src 'none'; style-src \(ContentDigest.source(of: HTMLStyle.css)); "
            + "script-src \(ContentDigest.source(of: FlamegraphScript.source)); base-uri 'none'; form-action 'none'"
    }

    private let report: RunReport

    package init(_ report: RunReport) {
        self.report = report
    }

    /// HTML to stand in a `main` element.
    package func content() throws -> String {
        var values = PageContent(report, text: .html).values
        values["tests"] = report.tests.enumerated().map { index, test in
            TestContent(test: test, index: index, text: .html).values
                .merging(pictures(of: test, metrics: report.metrics ?? [])) { _, new in new }
        }
        return try MustacheTemplate(string: HTMLTemplate.content).render(values)
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
            "waterfall": WaterfallChart.mean(of: test)?.svg() ?? false,
            "tailWaterfall": WaterfallChart.tail(of: test)?.svg() ?? false,
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
        // With a baseline the diff stands first.
        let weighings: [FlamegraphWeighing] = (test.comparison == nil ? [] : [.critical]) + [.tail, .errors, .own]
        return weighings.compactMap { FlamegraphPanel.profile(of: test, weighing: $0) }.map { panel in
            [
                "variant": panel.weighing.title,
                "graph": FlamegraphSVG(title: panel.weighing.title, panels: [panel], parts: .inline).render(),
            ]
        }
    }
}
