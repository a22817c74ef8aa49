import Analysis
import ArgumentParser
import Baselines
import Foundation

/// `plimsoll baseline list`: each test and what its next run is compared with.
struct BaselineListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Show each test with the baseline of its next run, or with --runs the runs themselves."
    )

    @OptionGroup var store: StoreOptions

    @Flag(name: .long, help: "List runs, newest first, instead of baselines.")
    var runs = false

    @Option(name: .long, help: "At most this many runs.")
    var limit = 50

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be at least 1; found \(limit)") }
    }

    func run() async throws {
        try await store.withStore { store in
            if runs { try await listRuns(of: store) } else { try await listBaselines(of: store) }
        }
    }

    private func listBaselines(of store: BaselineStore) async throws {
        let summaries = try await store.summaries()
        if json {
            writeLine(try JSONLine.text(summaries), to: STDOUT_FILENO)
            return
        }
        var table = TextTable(
            ["MODULE", "EDITION", "TEST", "TYPE", "RUNS", "BASELINE", "P95", "SCORE", "NEWEST", "DECISION"],
            rightAligned: [4, 5, 6, 7]
        )
        for summary in summaries {
            table.add([
                summary.key.moduleID, summary.key.editionID, summary.key.endpoint, summary.key.testType,
                "\(summary.runs)", summary.baselineRuns == 1 ? "1 run" : "\(summary.baselineRuns) runs",
                summary.p95Milliseconds.map { String(format: "%.1f ms", $0) } ?? "–",
                summary.score.map { String(format: "%.2f", $0) } ?? "–", summary.newestRunID ?? "–",
                summary.decision.map { "\($0.rawValue) \(summary.decidedRunID ?? "")" } ?? "–",
            ])
        }
        writeLine(table.text, to: STDOUT_FILENO)
        for summary in summaries where summary.isObsolete {
            writeLine(
                "\(summary.key.endpoint) (\(summary.key.testType)): the last \(summary.consecutiveRegressions) runs "
                    + "regressed, so the baseline may be obsolete: mend the service, or make the newest run the new "
                    + "normal with `plimsoll baseline promote`",
                to: STDOUT_FILENO
            )
        }
    }

    private func listRuns(of store: BaselineStore) async throws {
        let runs = try await store.runs(limit: limit)
        if json {
            writeLine(try JSONLine.text(runs), to: STDOUT_FILENO)
            return
        }
        var table = TextTable(
            ["RUN", "STARTED", "MODULE", "EDITION", "STATUS", "SCORE", "TESTS", "BASELINES"],
            rightAligned: [5, 6, 7]
        )
        for run in runs {
            table.add([
                run.id, JSONLine.time(run.startedAt), run.moduleID, run.editionID, run.status.rawValue,
                String(format: "%.2f", run.score), "\(run.tests)", "\(run.acceptedTests)",
            ])
        }
        writeLine(table.text, to: STDOUT_FILENO)
    }
}
