import Analysis
import Reporting
import TestSupport
import Testing

/// Each artifact of each sample report, byte for byte.
struct GoldenTests {
    @Test(arguments: [any ArtifactRenderer].standard.map(\.name), SampleReports.all.map(\.name))
    func `artifacts equal their golden files`(artifact: String, sample: String) throws {
        let renderer = try #require([any ArtifactRenderer].standard.first { $0.name == artifact })
        let report = try #require(SampleReports.all.first { $0.name == sample }?.report)
        for file in try renderer.render(report) {
            try expectSnapshot(of: file.contents, named: "\(sample)/\(file.path)")
        }
    }

    private static let retried: RunReport = {
        var report = SampleReports.regression
        report.retry = RetryHistory(attempt: 1, records: [])
        return report
    }()

    @Test func `so does what is said across runs`() throws {
        let coverage = DocumentationCoverage(histories: [], endpoints: ["GET /products", "GET /orders/{id}"])
        try expectSnapshot(
            of: coverage.artifact(for: Self.retried).contents,
            named: "several/doc-coverage.metrics.json"
        )
    }

    @Test func `so does the table of editions`() throws {
        let entries = [
            EditionEntry(
                edition: "standard",
                report: SampleReports.passing,
                exitCode: 0,
                failure: nil,
                directory: "out/standard"
            ),
            EditionEntry(edition: "premium", report: Self.retried, exitCode: 1, failure: nil, directory: "out/premium"),
            EditionEntry(edition: "lite", report: nil, exitCode: 3, failure: "it did not start", directory: "out/lite"),
        ]
        try expectSnapshot(of: EditionTable(entries, exitCode: 3).artifact.contents, named: "several/editions.json")
    }
}
