package import Telemetry

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

    /// For people, such as `400/s`.
    package var label: String {
        let number =
            level < 10 && level != level.rounded() ? "\((level * 10).rounded() / 10)" : "\(Int(level.rounded()))"
        return switch role {
        case .search: "\(number)/s"
        case .confirmation: "\(number)/s again"
        case .recovery: "\(number)/s to recover"
        case .users: "\(number) users"
        case .size: "\(number) bytes"
        }
    }
}
