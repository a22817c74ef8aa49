/// The verdict of a test or run (`spec/contract.md` section 2).
package enum TestStatus: String, Sendable, Hashable, Codable, CaseIterable {
    /// No baseline yet, and nothing else is wrong.
    case pass, exploratory, warning
    /// Known to be flaky: a person should look, and no gate fails.
    case needsReview = "needs-review"
    case degraded, fail
    /// The measurement itself cannot be trusted.
    case invalid

    /// For taking the worst of several.
    package var rank: Int { TestStatus.allCases.firstIndex(of: self) ?? 0 }
}
