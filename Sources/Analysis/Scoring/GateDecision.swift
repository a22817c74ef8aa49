/// Whether a run lets a pipeline go on, and why.
package struct GateDecision: Sendable, Hashable, Codable {
    /// What the process exits with.
    package var exitCode: Int
    /// Why the gate failed, one sentence a cause; empty where it did not.
    package var reasons: [String]
    /// What was left out of it or only warned of.
    package var notes: [String]

    package init(exitCode: Int, reasons: [String] = [], notes: [String] = []) {
        self.exitCode = exitCode
        self.reasons = reasons
        self.notes = notes
    }

    package var isPassed: Bool { exitCode == 0 }
}
