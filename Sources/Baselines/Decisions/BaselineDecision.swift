/// What a person decided about the baseline of a key, instead of "the newest runs that passed".
package enum BaselineDecision: String, Sendable, Hashable, Codable {
    /// The history ends with this run: it and the accepted runs before it are the baseline, whatever passes later.
    case pinned
    /// The history begins with this run: what it measured is the new normal, and no earlier run counts.
    case promoted
}
