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

/// One step to run.
package struct StepOrder: Sendable, Hashable {
    package var role: LoadStep.Role
    /// As in `LoadStep`.
    package var level: Double
    /// Nothing is sent for so long before it, so that the target can get over the step before.
    package var pause = Duration.zero
    package var load: LoadOrder
    /// Bytes of payload, where the requests of steps differ.
    package var payload: Int?

    /// For people, such as `400 requests/s`.
    package var label: String {
        let number =
            level < 10 && level != level.rounded() ? "\((level * 10).rounded() / 10)" : "\(Int(level.rounded()))"
        return switch role {
        case .search: "\(number) requests/s"
        case .confirmation: "\(number) requests/s again"
        case .recovery: "recovery at \(number) requests/s"
        case .users: "\(number) users"
        case .size: "\(number) bytes"
        }
    }
}
