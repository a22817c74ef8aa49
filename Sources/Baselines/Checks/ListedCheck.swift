package import Analysis

/// A check without what it compared: what lists, feeds and metrics show of it.
package struct ListedCheck: Sendable, Hashable {
    package var id: String
    package var deployID: String
    package var service: String
    package var version: String
    /// Unix nanoseconds.
    package var checkedAt: UInt64
    package var verdict: CheckReport.Verdict
    /// That the verdict is right, 0...1.
    package var confidence: Double
    package var control: CheckReport.Control
    package var placeboPairs: Int
    package var summary: String
    /// Most convincing first.
    package var findings: [CheckFinding]
}
