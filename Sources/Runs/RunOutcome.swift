package import Analysis

/// A finished run and where its artifacts lie.
package struct RunOutcome: Sendable {
    package let report: RunReport
    package let directory: String
}
