import Analysis
import ArgumentParser
import Baselines
import Foundation

/// `plimsoll trend`: what the history of tests says that no single run does.
struct TrendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trend",
        abstract: "Show the history of each test: p95 and score, steps, and gradual drifts.",
        discussion: """
            A step is where the p95 changed for good, a drift is a slope that every single run hid in its noise. Both \
            need 12 runs of a test.

            EXAMPLES
              plimsoll trend
              plimsoll trend "GET /cart" --limit 50
              plimsoll trend --json
            """
    )

    @Argument(help: "Only tests of this name, such as `GET /cart`.")
    var test: String?

    @OptionGroup var store: StoreOptions

    @Option(name: .long, help: "The newest runs of a test that are looked at.")
    var limit = 200

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func validate() throws {
        guard (1...2_000).contains(limit) else { throw ValidationError("--limit must be 1...2000; found \(limit)") }
    }

    func run() async throws {
        try await store.withStore { store in
            let histories = try await store.histories(endpoint: test, limit: limit)
            if let test, histories.isEmpty {
                throw CommandFailure("no run has a test \"\(test)\"; `plimsoll baseline list` shows them")
            }
            let trends = histories.map { ($0, HistoryTrend($0)) }
            if json {
                writeLine(try JSONLine.text(trends.map { TrendLine($0, $1) }), to: STDOUT_FILENO)
            } else {
                for (history, trend) in trends {
                    for line in TrendText(history, trend).lines { writeLine(line, to: STDOUT_FILENO) }
                }
            }
        }
    }
}
