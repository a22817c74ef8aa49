import Analysis
import Baselines
import Foundation
import TestSupport

/// A folder of its own for one test, with reports to put into a store there.
struct TemporaryStore {
    let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "plimsoll-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    var path: String { folder + "/plimsoll.db" }
    var bytes: Data { get throws { try Data(contentsOf: URL(filePath: path)) } }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    static let key = BaselineKey(
        moduleID: "Shop",
        editionID: "standard",
        testType: "load",
        endpoint: "POST /checkout"
    )

    /// The healthy sample under another id, `minute` minutes later.
    static func report(_ id: String, minute: UInt64 = 0, of sample: RunReport = SampleReports.passing) -> RunReport {
        var report = sample
        report.run.id = id
        report.run.startedAt += minute * 60_000_000_000
        report.run.endedAt += minute * 60_000_000_000
        return report
    }

    /// A report of a run that came out regressed.
    static func regressed(_ id: String, minute: UInt64) -> RunReport {
        var report = report(id, minute: minute)
        report.status = .degraded
        for index in report.tests.indices {
            report.tests[index].verdict.status = .degraded
            report.tests[index].verdict.isRegressed = true
        }
        return report
    }
}
