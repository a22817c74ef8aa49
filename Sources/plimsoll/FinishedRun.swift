import ArgumentParser
import Glibc
import Reporting
import Runs

/// Ends the process with the outcome's exit code, after saying what is missing.
///
/// - Throws: always; `ExitCode`.
func finish(_ outcome: RunOutcome) throws -> Never {
    if let failure = outcome.artifactsFailure { writeLine("plimsoll: error: \(failure)", to: STDERR_FILENO) }
    throw ExitCode(outcome.exitCode)
}

/// Prints what a person must know of a finished run, laid out for their terminal.
///
/// - Throws: when it cannot be written.
func printVerdict(of outcome: RunOutcome, on people: Terminal) throws {
    let verdict = TerminalVerdict(
        outcome.report,
        reportPath: outcome.artifactsFailure == nil ? outcome.directory + "/report.html" : nil,
        usesColour: people.hasColour,
        width: people.columns
    )
    try writeResult(verdict.text, to: people.descriptor, terminator: "")
}
