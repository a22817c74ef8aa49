import Telemetry

/// The sentences of a check: plain words, with the numbers in them.
enum CheckWording {
    static func sentence(_ candidate: CheckCandidate, operation: OperationKey) -> String {
        let (before, after) = (candidate.before, candidate.after)
        let who = "\(operation.name) of \(operation.service)"
        let change =
            " (\(percent(after / before))), \(candidate.isWhole ? "with all that it calls" : "without what it calls")"
        let gone = candidate.persistence == .transient ? "; it went away again" : ""
        switch candidate.signal {
        case .location:
            return "\(who) typically takes \(Wording.milliseconds(after)) instead of \(Wording.milliseconds(before))"
                + change + gone
        case .tail:
            return "the slowest 5 % of \(who) take \(Wording.milliseconds(after)) or more instead of "
                + Wording.milliseconds(before) + change + gone
        case .errorRate:
            return "\(Wording.percent(after)) of \(who) fail instead of \(Wording.percent(before))\(gone)"
        default:
            return "\(who) is called \(Wording.number(after)) times a call of its caller instead of "
                + Wording.number(before) + gone
        }
    }

    /// What is wrong since a deploy, and who did it where that is somebody else.
    static func accusation(_ finding: CheckFinding, culprit: CulpritReference, since title: String) -> String {
        let isItself = finding.operation.service == culprit.service && finding.operation.name == culprit.operation
        return "Since \(title): \(finding.sentence)"
            + (isItself ? "." : ". The culprit is \(culprit.operation) of \(culprit.service).")
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
        "the error budget of \(operation.name) of \(operation.service) burns \(Wording.number(burn.after)) times as fast as it may "
            + "instead of \(Wording.number(burn.before)) times"
    }

    /// `+25 %` of a ratio of 1.25.
    static func percent(_ ratio: Double) -> String {
        ratio.isFinite ? Wording.signedPercent(ratio - 1) : "new"
    }
}
