/// The four decisions, never a bare boolean.
package enum ChangeDecision: String, Sendable, Hashable, Codable {
    case regression, improvement, noChange, inconclusive
}
