import ArgumentParser
import Foundation
import Plans
import Telemetry

/// `plimsoll validate`: what a project folder says, as it was understood.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check every file of a project, and show what was understood: tests, limits, warnings.",
        discussion: """
            Sends nothing and starts nothing. Exit code 0 when the project can be run, 2 when not.

            EXAMPLES
              plimsoll validate                  the project in perf/ (or here)
              plimsoll validate perf/smoke.yaml  another plan of the same folder
              plimsoll validate --json | jq .diagnostics
            """
    )

    @Argument(
        help: "Project folder or plan file (default: perf/ if it holds a plan, else this folder).",
        completion: .file()
    )
    var project: String?

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func run() throws {
        let now = Int64(WallClock.now() / 1_000_000_000)
        do {
            let project = try ProjectLoader(environment: ProcessInfo.processInfo.environment).load(project)
            let summary = ProjectSummary(project, at: now)
            writeLine(json ? try JSONLine.text(summary) : summary.text, to: STDOUT_FILENO)
        } catch let error as ProjectError {
            if json {
                writeLine(try JSONLine.text(ProjectSummary(error)), to: STDOUT_FILENO)
            } else {
                writeLine(error.description, to: STDERR_FILENO)
            }
            throw ExitCode(2)
        }
    }
}
