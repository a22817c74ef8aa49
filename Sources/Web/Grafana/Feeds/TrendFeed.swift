import Analysis
import Baselines

/// Every test of every run, oldest first, as a chart wants it.
struct TrendFeed: FeedTable {
    struct Row: Encodable {
        var time: UInt64
        var run: String
        var module: String
        var edition: String
        var test: String
        var type: String
        var p95Milliseconds: Double
        var score: Double
        var status: String
        var environment: String
    }

    let name = "trend"
    let store: BaselineStore

    func rows(in range: Range<UInt64>, limit: Int) async throws -> [Row] {
        let rows = try await store.histories().flatMap { history in
            history.entries.filter { range.contains($0.startedAt) }.map { entry in
                Row(
                    time: FeedTime.milliseconds(entry.startedAt),
                    run: entry.runID,
                    module: history.moduleID,
                    edition: history.editionID,
                    test: history.endpoint,
                    type: history.testType,
                    p95Milliseconds: entry.p95Milliseconds,
                    score: entry.score,
                    status: entry.status,
                    environment: entry.environment
                )
            }
        }
        return rows.sorted { ($0.time, $0.test, $0.run) < ($1.time, $1.test, $1.run) }.suffix(limit)
    }
}
