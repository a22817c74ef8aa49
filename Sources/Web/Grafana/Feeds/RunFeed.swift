import Analysis
import Baselines

/// Runs, newest first.
struct RunFeed: FeedTable {
    struct Row: Encodable {
        var time: UInt64
        var endTime: UInt64
        var run: String
        var lineage: String
        var module: String
        var edition: String
        var status: String
        var score: Double
        var exitCode: Int
        var tests: Int
        var acceptedTests: Int
        var isInterrupted: Bool
        var version: String
        var engine: String
        var environment: String
    }

    let name = "runs"
    let store: BaselineStore

    func rows(in range: Range<UInt64>, limit: Int) async throws -> [Row] {
        try await store.runs(in: range, limit: limit).map { run in
            Row(
                time: FeedTime.milliseconds(run.startedAt),
                endTime: FeedTime.milliseconds(run.endedAt),
                run: run.id,
                lineage: run.lineageID,
                module: run.moduleID,
                edition: run.editionID,
                status: run.status.rawValue,
                score: run.score,
                exitCode: run.exitCode,
                tests: run.tests,
                acceptedTests: run.acceptedTests,
                isInterrupted: run.wasInterrupted,
                version: run.version,
                engine: run.engine,
                environment: run.environment
            )
        }
    }
}
