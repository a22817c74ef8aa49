import Analysis
import Correlation
import Reporting
import TestSupport
import Testing

struct MarkdownReportTests {
    private func markdown(_ report: RunReport) throws -> String {
        String(decoding: try #require(try ReportFormat.md.render(report)), as: UTF8.self)
    }

    @Test(arguments: SampleReports.all.map(\.name))
    func `charts are valid, and their values inside their axes`(sample: String) throws {
        let report = try #require(SampleReports.all.first { $0.name == sample }?.report)
        let charts = try XYChart.all(in: try markdown(report))
        #expect(charts.isEmpty == (sample == "interrupted"))
        for chart in charts {
            for series in chart.series {
                #expect(series.values.allSatisfy { chart.yRange.contains($0) }, "\(chart.title)")
                if !chart.labels.isEmpty { #expect(series.values.count == chart.labels.count) }
                if let range = chart.xRange {
                    #expect(series.values.count <= Int(range.upperBound - range.lowerBound) + 1)
                }
            }
        }
    }

    @Test func `the contributions of paths sum to the change of the mean`() throws {
        let report = SampleReports.regression
        let charts = try XYChart.all(in: try markdown(report))
        let chart = try #require(charts.first { $0.series[0].kind == "bar" })
        #expect(chart.labels.first == "catalog: SELECT products" && chart.labels.last == "others")
        let delta = try #require(report.tests[0].comparison?.mean.delta)
        #expect(abs(chart.series[0].values.reduce(0, +) - delta) < 0.05)
    }

    @Test(arguments: HostileReports.texts)
    func `no text of strangers breaks a chart, or out of the page`(text: String) throws {
        let page = try markdown(HostileReports.make(text))
        #expect(throws: Never.self) { try XYChart.all(in: page) }
        let tags = MarkdownMarkup.tags(in: page)
        #expect(
            tags.allSatisfy { $0.hasPrefix("<details>") || $0.hasPrefix("<summary>") || $0.hasPrefix("</") },
            "\(tags)"
        )
        // One fence opens and one closes each chart, and none is a stranger's.
        let fences = page.split(separator: "\n").filter { $0.hasPrefix("```") }
        #expect(fences.count.isMultiple(of: 2))
    }

    @Test func `the verdict is the first line`() throws {
        #expect(try markdown(SampleReports.regression).hasPrefix("### 📉 DEGRADED: POST /checkout: p95 is 2.8 times"))
        #expect(try markdown(SampleReports.passing).hasPrefix("### ✅ PASS: "))
    }

    @Test func `a run of very many tests still fits into a comment, and says that it was shortened`() throws {
        var report = SampleReports.regression
        report.tests = (0..<300).map { number in
            var test = SampleReports.regression.tests[0]
            test.name = "POST /checkout/\(number)"
            return test
        }
        let page = try markdown(report)
        #expect(page.utf8.count <= 60_000)
        #expect(page.contains("Shortened to fit"))
        #expect(page.hasPrefix("### 📉 DEGRADED"))
    }
}
