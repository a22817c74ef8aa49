import Analysis
import Baselines

/// The newest results of all tests, oldest first, as a chart wants it.
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
        try await store.results(in: range, limit: limit)
            .map { key, entry in
                Row(
                    time: FeedTime.milliseconds(entry.startedAt),
                    run: entry.runID,
                    module: key.moduleID,
                    edition: key.editionID,
                    test: key.endpoint,
                    type: key.testType,
                    p95Milliseconds: entry.p95Milliseconds,
                    score: entry.score,
                    status: entry.status,
                    environment: entry.environment
                )
            }
            .reversed()
    }
}
