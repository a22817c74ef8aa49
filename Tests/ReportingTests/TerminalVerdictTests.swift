import Analysis
import Reporting
import TestSupport
import Testing

struct TerminalVerdictTests {
    @Test(arguments: SampleReports.all.map(\.name))
    func `equals its golden file`(sample: String) throws {
        let report = try #require(SampleReports.all.first { $0.name == sample }?.report)
        let verdict = TerminalVerdict(report, reportPath: "plimsoll-out/\(report.run.id)/report.html", width: 80)
        try expectSnapshot(of: verdict.text, named: "\(sample)/terminal.txt")
    }

    @Test(arguments: SampleReports.all.map(\.name), [40, 80, 200])
    func `takes a dozen lines of the given width, fifteen for a failure`(sample: String, width: Int)
        throws
    {
        let report = try #require(SampleReports.all.first { $0.name == sample }?.report)
        let lines = TerminalVerdict(report, reportPath: nil, width: width).lines
        #expect(lines.count <= (report.exitCode == 0 ? 12 : 15))
        // The command to copy is whole.
        #expect(lines.allSatisfy { $0.count <= width || $0.hasPrefix("  Again") })
    }

    @Test func `names status, service, operation, query and share`() {
        let text = TerminalVerdict(SampleReports.regression, reportPath: "out/report.html").text
        for word in ["DEGRADED", "catalog", "SELECT products", SampleShop.priceQuery, "96 % of the slowdown"] {
            #expect(text.contains(word))
        }
        #expect(text.hasSuffix("out/report.html\n"))
    }

    @Test func `a failure says limit, interval, source, culprit, trace and how to see it again`() {
        let text = TerminalVerdict(SampleReports.regression, reportPath: nil, width: 80).text
        for words in [
            "(95 % interval 116 ms – 128 ms)", "perf-thresholds.yaml:5", "Culprit   catalog", "Trace     8f3a",
            "Again     plimsoll run perf/ --out plimsoll-out/20261121-120752-n1",
        ] {
            #expect(text.contains(words), "\(words) is missing in\n\(text)")
        }
        #expect(!TerminalVerdict(SampleReports.passing, reportPath: nil).text.contains("Again"))
    }

    @Test func `never cuts the path of the report`() {
        let path = "/tmp/" + String(repeating: "long/", count: 60) + "report.html"
        #expect(TerminalVerdict(SampleReports.passing, reportPath: path, width: 40).text.contains(path))
    }

    @Test func `uses escape sequences only for its own colour`() {
        let hostile = HostileReports.control
        #expect(!TerminalVerdict(hostile, reportPath: nil).text.unicodeScalars.contains("\u{1B}"))
        let coloured = TerminalVerdict(hostile, reportPath: nil, usesColour: true).text
        #expect(coloured.unicodeScalars.filter { $0 == "\u{1B}" }.count == 2)
    }

    @Test func `the commonest reason why answers were not as expected is said`() {
        var report = SampleReports.exploratory
        report.tests[0].load.failureReasons = [
            "first look: the answer has no `id` to capture": 57, "$.ok is missing": 3,
        ]
        let text = TerminalVerdict(report, reportPath: nil).text
        #expect(text.contains("57 × first look: the answer has no `id` to capture (and 1 more reason)"), "\(text)")
        report.tests[0].load.failureReasons = nil
        #expect(!TerminalVerdict(report, reportPath: nil).text.contains("Answers"))
    }

    @Test func `counts wide characters as two columns`() {
        var report = SampleReports.regression
        report.culprits[0].service = String(repeating: "注文", count: 60)
        let lines = TerminalVerdict(report, reportPath: nil, width: 60).lines
        let culprit = lines.first { $0.contains("注") }
        #expect((culprit?.count ?? 99) < 40)
    }
}
