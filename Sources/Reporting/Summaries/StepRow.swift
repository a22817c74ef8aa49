import Statistics
import Telemetry

/// One step of a test as a table has it.
struct StepRow {
    let step: LoadStep

    var level: String {
        switch step.role {
        case .search, .confirmation, .recovery: Quantity.rate(step.level)
        case .users: Quantity.count(Quantity.whole(step.level)) + (step.level == 1 ? " user" : " users")
        case .size: Quantity.mean(step.level / 1024) + " KiB"
        }
    }

    var result: String {
        if let reason = step.invalidReasons.first { return "cannot be trusted: \(reason)" }
        if let reason = step.broken.first { return "broke: \(reason)" }
        switch step.role {
        case .search: return "held"
        case .confirmation: return "held again"
        case .recovery: return "well again"
        case .users, .size: return "measured"
        }
    }

    func quantile(_ p: Double) -> Double? { QuantileEstimate(p, of: step.latency)?.value }
}
