/// What a person says of whatever is found with one fingerprint.
package struct AnnotatedFinding: Sendable, Hashable {
    /// As `findings.json` has it.
    package var fingerprint: String
    /// Known and lived with: it is still reported, and no longer worsens a verdict.
    package var isAccepted: Bool
    /// Who is to see to it.
    package var assignee: String?

    package init(fingerprint: String, isAccepted: Bool = false, assignee: String? = nil) {
        self.fingerprint = fingerprint
        self.isAccepted = isAccepted
        self.assignee = assignee
    }
}
