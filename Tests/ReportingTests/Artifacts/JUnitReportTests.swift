import Analysis
import Reporting
import TestSupport
import Testing

struct JUnitReportTests {
    private func suites(_ report: RunReport) throws -> XMLReader.Element {
        let contents = try #require(try ReportFormat.junit.render(report))
        return try XMLReader.read(contents)
    }

    @Test(arguments: SampleReports.all.map(\.name))
    func `counts agree with what is in the suites`(sample: String) throws {
        let report = try #require(SampleReports.all.first { $0.name == sample }?.report)
        let root = try suites(report)
        #expect(root.name == "testsuites")
        #expect(root.children.map(\.name).allSatisfy { $0 == "testsuite" })
        #expect(root.children.count == report.tests.count)
        for suite in root.children {
            let cases = suite.children.filter { $0.name == "testcase" }
            #expect(suite.attributes["tests"] == String(cases.count))
            for (key, element) in [("failures", "failure"), ("errors", "error"), ("skipped", "skipped")] {
                let count = cases.count { $0.children.contains { $0.name == element } }
                #expect(suite.attributes[key] == String(count), "\(key)")
            }
            // The schema wants properties first, then cases, and at most one outcome in each.
            #expect(suite.children.first?.name == "properties")
            #expect(cases.allSatisfy { $0.children.count <= 1 && $0.attributes["classname"] != nil })
            #expect(Double(suite.attributes["time"] ?? "") != nil)
            let timestamp = suite.attributes["timestamp"] ?? ""
            #expect(timestamp.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/) != nil, "\(timestamp)")
        }
        let total = root.children.reduce(0) { $0 + (Int($1.attributes["tests"] ?? "") ?? 0) }
        #expect(root.attributes["tests"] == String(total))
    }

    @Test(arguments: SampleReports.all.map(\.name))
    func `the file has the shape of junit-10.xsd`(sample: String) throws {
        let report = try #require(SampleReports.all.first { $0.name == sample }?.report)
        let faults = JUnitShape.faults(in: try suites(report))
        #expect(faults.isEmpty, "\(faults)")
    }

    @Test(arguments: [
        "<testsuites><testcase name='a'/></testsuites>", "<testsuites count='1'/>",
        "<testsuites><testsuite name='a' tests='1' failures='0' errors='0' time='-1'/></testsuites>",
        "<testsuites><testsuite name='a' tests='1' errors='0'/></testsuites>",
    ])
    func `what is not of that shape is told from what is`(document: String) throws {
        #expect(!JUnitShape.faults(in: try XMLReader.read(Array(document.utf8))).isEmpty)
    }

    @Test func `every suite says which attempt it is of`() throws {
        var report = SampleReports.regression
        report.retry = RetryHistory(attempt: 2, records: [])
        let properties = try suites(report).all.filter { $0.attributes["name"] == "retryAttempt" }
        #expect(properties.map { $0.attributes["value"] } == ["2", "2"])
    }

    @Test func `a gate that failed has a failure, one that passed has none`() throws {
        #expect(try suites(SampleReports.regression).attributes["failures"] != "0")
        #expect(try suites(SampleReports.passing).attributes["failures"] == "0")
        #expect(try suites(SampleReports.passing).attributes["errors"] == "0")
        #expect(try suites(SampleReports.invalid).attributes["errors"] == "1")
    }

    @Test func `the failure tells the whole story`() throws {
        let root = try suites(SampleReports.regression)
        let verdict = root.children[0].children.first { $0.attributes["name"] == "verdict" }
        let text = try #require(verdict?.children.first?.text)
        for word in [
            "perf-thresholds.yaml:5", "95 % interval", "limit 90.0 ms", "catalog, SELECT products", "Trace: ",
            "Reproduce: ",
        ] {
            #expect(text.contains(word), "\(word) is missing in \(text)")
        }
    }

    @Test(arguments: HostileReports.texts)
    func `no text of strangers breaks the file`(text: String) throws {
        let root = try suites(HostileReports.make(text))
        #expect(root.children.count == 2)
    }
}
