import Foundation
import LoadGeneration
import Plans

/// The words of a progress line, apart from where it is written.
enum ProgressText {
    /// What became of the telemetry so far.
    struct Traces {
        var spans: Int
        /// Of the requests answered until now; `nil` before the first.
        var coverage: Double?
    }

    /// One line about a load that goes on.
    ///
    /// - Parameters:
    ///   - progress: a glimpse of it.
    ///   - test: of a plan; `nil` for a load without one.
    ///   - traces: `nil` where none are received.
    ///   - latency: the p95 of the last seconds as a picture; empty where the output has no such letters.
    ///   - width: columns that the line may take.
    /// - Returns: no more than fits, what matters most.
    static func load(
        _ progress: LoadProgress,
        test: TestDefinition? = nil,
        traces: Traces? = nil,
        latency: String = "",
        width: Int
    ) -> String {
        let left = max(.zero, progress.total - progress.elapsed)
        let share = progress.total > .zero ? min(1, progress.elapsed / progress.total) : 1
        var line = ProgressLine()
        line.add(phase(of: progress, test), .vital)
        line.add(test.map { String($0.name.prefix(max(10, width / 4))) }, .context)
        line.add(bar(share, cells: width >= 110 ? 20 : 10), .picture)
        let target = width >= 70 ? " of \(number(progress.targetRate))/s" : ""
        line.add("\(number(progress.rate))/s\(target)", .number)
        line.add("p95 \(number(progress.p95Milliseconds)) ms", .vital)
        line.add(latency, .picture)
        line.add("errors \(progress.errors)", progress.errors > 0 ? .vital : .context)
        if progress.dropped > 0 { line.add("dropped \(progress.dropped)", .vital) }
        if let traces {
            line.add("spans \(traces.spans)", .detail)
            line.add(traces.coverage.map { "coverage \(Int(100 * $0)) %" }, .context)
        }
        line.add("\(seconds(left)) left", .number)
        return line.text(width: width)
    }

    private static func phase(of progress: LoadProgress, _ test: TestDefinition?) -> String {
        let phase = progress.isWarmup ? "warm-up" : test?.type.rawValue ?? "load"
        return progress.step.map { "\(phase) at \($0)" } ?? phase
    }

    static func bar(_ share: Double, cells: Int) -> String {
        let filled = Int((share * Double(cells)).rounded(.down))
        return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: cells - filled) + "]"
    }

    /// Three significant digits at most, no more decimals than one needs: `0.84`, `8.1`, `120`.
    static func number(_ value: Double) -> String {
        let decimals = value == 0 || value >= 100 ? 0 : value >= 1 ? 1 : 2
        return String(format: "%.\(decimals)f", value)
    }

    static func seconds(_ duration: Duration) -> String {
        "\(Int((duration / .seconds(1)).rounded(.up))) s"
    }
}
