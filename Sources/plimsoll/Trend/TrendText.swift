import Analysis
import Foundation

/// The trend of one test for people.
struct TrendText {
    private let history: RunHistory
    private let trend: HistoryTrend

    /// Columns of a sparkline at most; the newest runs.
    private static let sparkLimit = 60

    init(_ history: RunHistory, _ trend: HistoryTrend) {
        self.history = history
        self.trend = trend
    }

    var lines: [String] {
        let entries = history.entries
        guard let first = entries.first, let last = entries.last else { return [] }
        let place = [history.moduleID, history.editionID].filter { !$0.isEmpty }.joined(separator: " ")
        var lines = [
            "\(history.endpoint) (\(history.testType), \(place)): \(entries.count) runs, "
                + "\(JSONLine.time(first.startedAt)) to \(JSONLine.time(last.startedAt))",
            "  p95    \(TrendText.spark(entries.map(\.p95Milliseconds)))  \(milliseconds(last.p95Milliseconds))",
            "  score  \(TrendText.spark(entries.map(\.score)))  \(String(format: "%.2f", last.score))",
        ]
        if let tooShort = trend.tooShort { lines.append("  \(tooShort)") }
        for step in trend.steps {
            let entry = entries[step.index]
            let numbers =
                "p95 \(milliseconds(step.before)) → \(milliseconds(step.after)) "
                + "(\(percent(step.after / step.before - 1)))"
            lines.append(
                step.cause == .environment
                    ? "  moved  another environment since \(entry.runID), \(numbers)"
                    : "  step   since \(entry.runID), \(JSONLine.time(entry.startedAt)): \(numbers), confidence "
                        + String(format: "%.2f", step.confidence)
            )
        }
        if let drift = trend.drift {
            lines.append(
                "  drift  \(percent(drift.perRun)) a run over the last \(drift.runs) "
                    + "(\(percent(drift.perRunLow)) to \(percent(drift.perRunHigh))), \(percent(drift.total)) in all, "
                    + "confidence \(String(format: "%.2f", drift.confidence))"
            )
            if drift.isWithinBudget {
                lines.append("         gradual: no single run lost more than it may, all together they did")
            }
        }
        if trend.tooShort == nil, trend.steps.isEmpty, trend.drift == nil { lines.append("  steady") }
        return lines
    }

    private func milliseconds(_ value: Double) -> String { String(format: "%.1f ms", value) }

    private func percent(_ share: Double) -> String {
        String(format: abs(share) < 0.0995 ? "%+.1f %%" : "%+.0f %%", share * 100)
    }

    /// Eight heights between the least and the largest of the values.
    static func spark(_ values: [Double]) -> String {
        let shown = values.suffix(sparkLimit)
        guard let low = shown.min(), let high = shown.max() else { return "" }
        let bars = Array("▁▂▃▄▅▆▇█")
        return String(
            shown.map { value in
                high > low ? bars[min(7, Int((value - low) / (high - low) * 8))] : bars[0]
            }
        )
    }
}
