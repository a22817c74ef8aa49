package import Analysis

/// A finding as the newest of the runs that have it tells it.
package struct StoredFinding: Sendable, Hashable {
    package var finding: Finding
    package var runID: String
    package var moduleID: String
    package var editionID: String
    /// Of the newest run that has it, Unix nanoseconds.
    package var seenAt: UInt64
    /// Of the runs looked at.
    package var runs: Int
}
