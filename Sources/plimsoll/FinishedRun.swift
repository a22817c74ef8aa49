import ArgumentParser
import Glibc
import Runs

/// Ends the process with the outcome's exit code, after saying what is missing.
///
/// - Throws: always; `ExitCode`.
func finish(_ outcome: RunOutcome) throws -> Never {
    if let failure = outcome.artifactsFailure { writeLine("plimsoll: error: \(failure)", to: STDERR_FILENO) }
    throw ExitCode(outcome.exitCode)
}
