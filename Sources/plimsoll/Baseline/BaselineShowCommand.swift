import Analysis
import ArgumentParser
import Baselines
import Foundation
import Reporting

/// `plimsoll baseline show RUN`: one remembered run.
struct BaselineShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show one remembered run as its verdict was shown."
    )

    @OptionGroup var named: RunArgument
    @OptionGroup var store: StoreOptions

    @Flag(name: .long, help: "Print the whole report (run.json).")
    var json = false

    func run() async throws {
        try await store.withStore { store in
            let id = try await named.resolve(in: store)
            guard let report = try await store.report(id) else { throw CommandFailure("there is no run \(id)") }
            if json {
                writeLine(try JSONLine.text(report), to: STDOUT_FILENO)
                return
            }
            let terminal = Terminal(descriptor: STDOUT_FILENO)
            let verdict = TerminalVerdict(
                report,
                reportPath: "the artifacts of run \(id)",
                usesColour: terminal.hasColour,
                width: terminal.columns
            )
            writeLine(verdict.text, to: STDOUT_FILENO, terminator: "")
            for summary in try await store.summaries() where summary.newestRunID == id {
                writeLine("newest baseline of \(summary.key.endpoint) (\(summary.key.testType))", to: STDOUT_FILENO)
            }
        }
    }
}
