package import Analysis

/// The repetitions of a stored run.
package struct StoredRetry: Sendable, Hashable {
    package var runID: String
    package var moduleID: String
    package var editionID: String
    /// Unix nanoseconds.
    package var startedAt: UInt64
    package var history: RetryHistory
}
