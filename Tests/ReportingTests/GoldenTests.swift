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
}
