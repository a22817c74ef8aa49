import Glibc
import Telemetry

/// The sentences of a check: plain words, with the numbers in them.
enum CheckWording {
    static func sentence(_ candidate: CheckCandidate, operation: OperationKey) -> String {
        let (before, after) = (candidate.before, candidate.after)
        let what = candidate.isWhole ? "" : " of its own time"
        let gone = candidate.persistence == .transient ? "; it went away again" : ""
        switch candidate.signal {
        case .location:
            return "\(operation.name) of \(operation.service) typically takes \(milliseconds(after))\(what), "
                + "before \(milliseconds(before)) (\(percent(after / before)))\(gone)"
        case .tail:
            return
                "the slowest 5 % of \(operation.name) of \(operation.service) take \(milliseconds(after)) or more\(what), "
                + "before \(milliseconds(before)) (\(percent(after / before)))\(gone)"
        case .errorRate:
            return "\(share(after)) of \(operation.name) of \(operation.service) fail, before \(share(before))\(gone)"
        default:
            return "\(operation.name) of \(operation.service) is called \(number(after)) times a call of its caller, "
                + "before \(number(before)) times\(gone)"
        }
    }

    static func sentence(_ change: StructureChange, operation: OperationKey) -> String {
        let gone = change.persistence == .transient ? "; it went away again" : ""
        if change.signal == .newError {
            return "\(change.name) in \(operation.name) of \(operation.service), a class of error that it never had: "
                + "\(share(change.after)) of calls\(gone)"
        }
        let heir = change.name.isEmpty ? "" : "; \(change.name) is called instead"
        return "\(operation.name) of \(operation.service) is "
            + (change.after > 0 ? "hardly" : "not") + " called any more, though its callers are\(heir)"
    }

    static func sentence(_ burn: BurnRate, operation: OperationKey) -> String {
        "the error budget of \(operation.name) of \(operation.service) burns \(number(burn.after)) times as fast as it may, "
            + "before \(number(burn.before)) times"
    }

    static func milliseconds(_ value: Double) -> String { "\(number(value)) ms" }

    static func percent(_ ratio: Double) -> String {
        guard ratio.isFinite else { return "new" }
        let change = (100 * (ratio - 1)).rounded()
        return "\(change < 0 ? "−" : "+")\(whole(abs(change))) %"
    }

    static func share(_ value: Double) -> String { "\(number(100 * value)) %" }

    /// Three digits that matter.
    static func number(_ value: Double) -> String {
        guard value.isFinite else { return "?" }
        guard value != 0 else { return "0" }
        let magnitude = floor(log10(abs(value)))
        if magnitude >= 2 { return whole(value.rounded()) }
        let scale = pow(10, max(0, 1 - magnitude))
        let rounded = (value * scale).rounded() / scale
        return rounded == rounded.rounded() ? whole(rounded) : "\(rounded)"
    }

    private static func whole(_ value: Double) -> String { abs(value) < 1e15 ? "\(Int(value))" : "\(value)" }
}
