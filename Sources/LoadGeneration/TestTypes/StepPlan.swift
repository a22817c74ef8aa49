import Plans
package import Telemetry

/// Decides, step after step, what load a test sends next; a pure value that can be tested without any load.
package protocol StepPlan: Sendable {
    /// The step to run now, `elapsed` after the test began; `nil` when the test is over.
    mutating func next(elapsed: Duration) -> StepOrder?

    /// Takes what the step asked for last measured, and says what of it did not hold.
    ///
    /// - Returns: the step as it belongs in the result.
    mutating func take(_ load: TestLoad) -> LoadStep

    /// Which of all steps make up the test's totals.
    func isCounted(_ step: LoadStep) -> Bool

    /// What the test found out; asked for at the end.
    func characteristic(of steps: [LoadStep]) -> LoadCharacteristic?
}
