package import Analysis

/// How the run of one edition ended.
package struct EditionOutcome: Sendable {
    package let edition: String
    /// `.failure` when there is nothing to report on.
    package let result: Result<RunOutcome, RunFailure>

    package var failure: RunFailure? {
        guard case .failure(let failure) = result else { return nil }
        return failure
    }

    package var report: RunReport? { try? result.get().report }

    package var exitCode: Int32 {
        switch result {
        case .success(let outcome): outcome.exitCode
        case .failure(let failure): failure.exitCode
        }
    }
}
