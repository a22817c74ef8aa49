package import Analysis

/// A finished run and where its artifacts lie.
package struct RunOutcome: Sendable {
    package let report: RunReport
    /// The same without a value of the environment in it: what is posted.
    ///
    /// `nil` where that cannot be made.
    package let shared: RunReport?
    package let directory: String
    /// Why the artifacts could not be written, such as a full disk; the verdict stands all the same.
    package let artifactsFailure: String?

    /// The report's, or 3 where it would be 0 but the artifacts are missing.
    package var exitCode: Int32 {
        let verdict = Int32(report.exitCode)
        return verdict == 0 && artifactsFailure != nil ? 3 : verdict
    }
}
