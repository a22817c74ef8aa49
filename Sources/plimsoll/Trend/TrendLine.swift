import Analysis

/// The trend of one test as JSON.
struct TrendLine: Encodable {
    struct Run: Encodable {
        let run: String
        let startedAt: String
        let p95Ms: Double
        let score: Double
        let status: String
    }

    struct Step: Encodable {
        let run: String
        let cause: String
        let p95BeforeMs: Double
        let p95AfterMs: Double
        let confidence: Double
    }

    struct Drift: Encodable {
        let sinceRun: String
        let runs: Int
        let perRun: Double
        let perRunLow: Double
        let perRunHigh: Double
        let total: Double
        let confidence: Double
        let isWithinBudget: Bool
    }

    let module: String
    let edition: String
    let test: String
    let type: String
    let runs: [Run]
    let steps: [Step]
    let drift: Drift?
    /// Why there are neither; absent when there are runs enough.
    let tooShort: String?

    init(_ history: RunHistory, _ trend: HistoryTrend) {
        module = history.moduleID
        edition = history.editionID
        test = history.endpoint
        type = history.testType
        runs = history.entries.map {
            Run(
                run: $0.runID,
                startedAt: JSONLine.time($0.startedAt),
                p95Ms: $0.p95Milliseconds,
                score: $0.score,
                status: $0.status
            )
        }
        steps = trend.steps.map {
            Step(
                run: history.entries[$0.index].runID,
                cause: $0.cause.rawValue,
                p95BeforeMs: $0.before,
                p95AfterMs: $0.after,
                confidence: $0.confidence
            )
        }
        drift = trend.drift.map {
            Drift(
                sinceRun: history.entries[$0.index].runID,
                runs: $0.runs,
                perRun: $0.perRun,
                perRunLow: $0.perRunLow,
                perRunHigh: $0.perRunHigh,
                total: $0.total,
                confidence: $0.confidence,
                isWithinBudget: $0.isWithinBudget
            )
        }
        tooShort = trend.tooShort
    }
}
