/// What a token allows.
package enum AccessScope: String, Sendable, Hashable, CaseIterable {
    /// Sending telemetry.
    case ingest
    /// Looking at everything.
    case read
    /// Declaring deploys, annotating, starting and cancelling runs.
    case write
}
