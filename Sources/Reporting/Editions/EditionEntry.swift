package import Analysis

/// One edition of a command that ran several.
package struct EditionEntry: Sendable {
    var edition: String
    /// `nil` when there is nothing to report on.
    var report: RunReport?
    var exitCode: Int
    /// Why there is no report.
    var failure: String?
    /// Where its artifacts lie.
    var directory: String

    /// One edition, as it ended.
    ///
    /// - Parameters:
    ///   - edition: its name.
    ///   - report: `nil` when there is nothing to report on.
    ///   - exitCode: what a run of this edition alone would have ended with.
    ///   - failure: why there is no report.
    ///   - directory: where its artifacts lie.
    package init(edition: String, report: RunReport?, exitCode: Int, failure: String?, directory: String) {
        self.edition = edition
        self.report = report
        self.exitCode = exitCode
        self.failure = failure
        self.directory = directory
    }
}
