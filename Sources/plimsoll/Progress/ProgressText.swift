import Foundation
import LoadGeneration
import Plans

/// The words of a progress line, apart from where it is written.
enum ProgressText {
    static func load(_ progress: LoadProgress, test: TestDefinition, spans: Int, width: Int) -> String {
        var phase = progress.isWarmup ? "warm-up" : test.type.rawValue
        if let step = progress.step { phase += " at \(step)" }
        let left = max(.zero, progress.total - progress.elapsed)
        var parts = [
            "\(number(progress.rate))/s of \(number(progress.targetRate))/s",
            "p95 \(number(progress.p95Milliseconds)) ms",
            "errors \(progress.errors)",
            "spans \(spans)",
            "\(seconds(left)) left",
        ]
        if progress.dropped > 0 { parts.insert("dropped \(progress.dropped)", at: 3) }
        let share = progress.total > .zero ? min(1, progress.elapsed / progress.total) : 1
        return "\(phase) \(test.name) \(bar(share, cells: width >= 110 ? 20 : 10)) " + parts.joined(separator: "  ")
    }

    static func load(_ progress: LoadProgress, width: Int) -> String {
        let left = max(.zero, progress.total - progress.elapsed)
        let share = progress.total > .zero ? min(1, progress.elapsed / progress.total) : 1
        var parts = [
            progress.isWarmup ? "warm-up" : "load", bar(share, cells: width >= 110 ? 20 : 10),
            "\(number(progress.rate))/s of \(number(progress.targetRate))/s",
            "p95 \(number(progress.p95Milliseconds)) ms",
            "errors \(progress.errors)", "\(seconds(left)) left",
        ]
        if progress.dropped > 0 { parts.insert("dropped \(progress.dropped)", at: 5) }
        return parts.joined(separator: "  ")
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
