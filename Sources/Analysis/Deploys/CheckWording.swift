import Telemetry

/// The sentences of a check: plain words, with the numbers in them.
enum CheckWording {
    static func sentence(_ candidate: CheckCandidate, operation: OperationKey) -> String {
        let (before, after) = (candidate.before, candidate.after)
        let what = candidate.isWhole ? "" : " of its own time"
        let gone = candidate.persistence == .transient ? "; it went away again" : ""
        switch candidate.signal {
        case .location:
            return "\(operation.name) of \(operation.service) typically takes \(Wording.milliseconds(after))\(what), "
                + "before \(Wording.milliseconds(before)) (\(percent(after / before)))\(gone)"
        case .tail:
            return
                "the slowest 5 % of \(operation.name) of \(operation.service) take \(Wording.milliseconds(after)) or more\(what), "
                + "before \(Wording.milliseconds(before)) (\(percent(after / before)))\(gone)"
        case .errorRate:
            return
                "\(Wording.percent(after)) of \(operation.name) of \(operation.service) fail, before \(Wording.percent(before))\(gone)"
        default:
            return
                "\(operation.name) of \(operation.service) is called \(Wording.number(after)) times a call of its caller, "
                + "before \(Wording.number(before)) times\(gone)"
        }
    }

    static func sentence(_ change: StructureChange, operation: OperationKey) -> String {
        let gone = change.persistence == .transient ? "; it went away again" : ""
        if change.signal == .newError {
            return "\(change.name) in \(operation.name) of \(operation.service), a class of error that it never had: "
                + "\(Wording.percent(change.after)) of calls\(gone)"
        }
        let heir = change.name.isEmpty ? "" : "; \(change.name) is called instead"
        return "\(operation.name) of \(operation.service) is "
            + (change.after > 0 ? "hardly" : "not") + " called any more, though its callers are\(heir)"
    }

    static func sentence(_ burn: BurnRate, operation: OperationKey) -> String {
        "the error budget of \(operation.name) of \(operation.service) burns \(Wording.number(burn.after)) times as fast as it may, "
            + "before \(Wording.number(burn.before)) times"
    }

    /// `+25 %` of a ratio of 1.25.
    static func percent(_ ratio: Double) -> String {
        ratio.isFinite ? Wording.signedPercent(ratio - 1) : "new"
    }
}
