import Analysis
import Reporting
import TestSupport
import Testing

struct WorkflowCommandsTests {
    @Test func `a failed test is one annotation with the whole story`() throws {
        let lines = WorkflowCommands.lines(SampleReports.regression)
        #expect(lines.count == 1)
        let line = try #require(lines.first)
        #expect(line.hasPrefix("::error title=POST /checkout%3A degraded::Why: "))
        for word in [
            "perf-thresholds.yaml:5", "95 %25 interval", "%0ACulprit: catalog", "%0ATrace: ", "%0AReproduce: ",
        ] {
            #expect(line.contains(word), "\(word) is missing in \(line)")
        }
    }

    @Test func `a run that is well says nothing`() {
        #expect(WorkflowCommands.lines(SampleReports.passing).isEmpty)
        #expect(WorkflowCommands.lines(SampleReports.exploratory).isEmpty)
    }

    @Test(arguments: HostileReports.texts + ["a\n::error::b", "x,title=y::z\r\n::set-output name=a::b"])
    func `no text of strangers begins a command of its own`(text: String) {
        for line in WorkflowCommands.lines(HostileReports.make(text)) {
            #expect(!line.contains { $0.isNewline })
            let title = line.dropFirst("::error title=".count).prefix { $0 != ":" }
            #expect(!title.contains(","))
        }
    }
}
