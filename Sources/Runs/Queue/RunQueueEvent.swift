/// What happened to a queued run, for whoever watches it.
package struct RunQueueEvent: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable {
        /// Replaces the one before.
        case progress
        case note
        /// The last one.
        case end
    }

    /// Counts up from 1 within a run.
    package var number: Int
    package var kind: Kind
    package var text: String
    /// Of the test that runs, 0...1.
    package var share: Double?
}
