import Analysis
import Reporting
import TestSupport
import Testing

/// `anomaly-report.{json,md,html}`, the verdict for terminals, and the line for scripts.
struct CheckArtifactTests {
    @Test(arguments: CheckArtifacts.names, SampleChecks.all.map(\.name))
    func `artifacts equal their golden files`(artifact: String, name: String) throws {
        let file = try #require(try CheckArtifacts.render(try sample(name)).first { $0.path == artifact })
        try expectSnapshot(of: file.contents, named: "check-\(name)/\(artifact)")
    }

    @Test(arguments: SampleChecks.all.map(\.name)) func `so does the verdict for terminals`(name: String) throws {
        let verdict = CheckVerdict(try sample(name), reportPath: "out/anomaly-report.html")
        try expectSnapshot(of: verdict.text, named: "check-\(name)/verdict.txt")
    }

    @Test(arguments: SampleChecks.all.map(\.name)) func `a verdict is at most 15 lines`(name: String) throws {
        for width in [40, 80, 200] {
            let lines = CheckVerdict(try sample(name), reportPath: "out/anomaly-report.html", width: width).lines
            #expect(lines.count <= 15)
            #expect(lines.dropLast().allSatisfy { $0.count <= width })
        }
    }

    @Test(arguments: SampleChecks.all.map(\.name)) func `a line for scripts is at most 2 KiB`(name: String) throws {
        var report = try sample(name)
        report.reasons = Array(repeating: String(repeating: "ü\"", count: 500), count: 50)
        report.summary = String(repeating: "\u{1F600}\\", count: 2_000)
        report.deploy.service = String(repeating: "s", count: 5_000)
        let text = CheckSummary(report, directory: "out").json()
        #expect(text.utf8.count <= 2048)
        #expect(!text.contains("\n"))
    }

    @Test func `nothing that telemetry says becomes markup`() throws {
        let report = try sample("hostile")
        let html = try CheckArtifacts.html(report)
        #expect(!html.contains("<script>"))
        #expect(!html.contains("\u{202E}"))
        let markdown = try CheckArtifacts.markdown(report)
        #expect(!markdown.contains("\u{202E}"))
        // Forges notify nobody who is named in code.
        #expect(!markdown.replacing(/``[^\n]*?``/, with: "").contains("@all"))
    }

    @Test func `a page asks for nothing from the network`() throws {
        for sample in SampleChecks.all {
            let html = try CheckArtifacts.html(sample.report)
            #expect(!html.contains("src=") && !html.contains("href=\"http") && !html.contains("url(http"))
            #expect(html.contains("default-src &#39;none&#39;"))
        }
    }

    @Test func `samples have the verdict that they are named after`() throws {
        #expect(try sample("anomalous").verdict == .anomalous)
        #expect(try sample("anomalous").culprit?.operation == "POST /charge")
        #expect(try sample("fine").verdict == .fine)
        #expect(try sample("inconclusive").verdict == .inconclusive)
    }

    private func sample(_ name: String) throws -> CheckReport {
        try #require(SampleChecks.all.first { $0.name == name }?.report)
    }
}
