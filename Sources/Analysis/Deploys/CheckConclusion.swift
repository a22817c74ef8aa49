import Glibc
import Statistics
import Telemetry

/// From what was found, and from what it rests on, to a verdict with its confidence, its sentence and its limits.
struct CheckConclusion {
    let deploy: DeployMarker
    let sides: CheckSides
    let kind: CheckReport.Control
    let control: CheckControl
    /// Services that were deployed within the time that is compared.
    let together: Set<String>
    let settings: DeployCheckSettings

    /// The most that may be claimed.
    var cap: Double {
        if settings.isQuick { return CheckConclusion.quickConfidence }
        let isCalibrated = kind == .concurrent || sides.placebos.count >= PlaceboCalibration.minimumPairs
        return min(
            kind == .none ? settings.uncontrolledConfidence : 1,
            isCalibrated ? 1 : CheckConclusion.uncalibratedConfidence
        )
    }

    /// Fills in the verdict; findings and culprit stand in the report already.
    func draw(
        from judgement: CheckJudgement,
        _ comparison: CheckComparison,
        _ candidates: [CheckCandidate],
        into report: inout CheckReport
    ) {
        report.reasons = limits
        let title = deploy.title
        let wrong = report.findings.filter(\.isWrong)
        if let worst = wrong.first, let culprit = report.culprit {
            report.verdict = .anomalous
            report.confidence = wrong.map(\.confidence).max() ?? 0
            report.summary = CheckWording.accusation(worst, culprit: culprit, since: title)
            return
        }
        if sides.shortage != nil || candidates.isEmpty {
            let reason = sides.shortage ?? "no operation has enough requests on both sides"
            if report.reasons.isEmpty { report.reasons = [reason] }
            report.summary = "Nothing can be said of \(title) yet: \(reason)."
            return
        }
        if let suspicion = judgement.suspicions.max(by: { $0.confidence < $1.confidence }) {
            let operation = comparison.timeline.operations[suspicion.operation]
            let sentence = CheckWording.sentence(suspicion, operation: operation)
            report.reasons.insert("\(sentence), which may be chance: look again", at: 0)
            report.confidence = 1 - min(cap, suspicion.confidence)
            report.summary = "\(title) may have made something worse, or it is chance: \(sentence)."
            return
        }
        let missable = comparison.missableRatio() ?? .infinity
        guard missable <= settings.missableRatio else {
            let size = missable.isFinite ? CheckWording.percent(missable) : "any size"
            report.reasons.insert("a slowdown of \(size) could have been missed in this noise", at: 0)
            report.summary = "Nothing wrong was found in \(title), but too little was measured to call it fine."
            return
        }
        report.verdict = .fine
        let doubt = candidates.filter(\.isPractical).map(\.confidence).max() ?? 0
        report.confidence = min(cap, 1 - doubt)
        let gone = report.findings.contains { $0.role == .cause && $0.persistence == .transient }
        report.summary =
            "\(title) is fine: nothing became worse that matters; "
            + "a slowdown of \(CheckWording.percent(max(missable, settings.locationRatio))) would have been seen"
            + (gone ? ". What was worse for a while went away again." : ".")
    }

    /// What limits the answer, a sentence each.
    private var limits: [String] {
        var reasons: [String] = []
        if let shortage = sides.shortage { reasons.append(shortage) }
        if settings.isQuick { reasons.append("a quick look at bins of 10 s, without distributions: less sure") }
        if kind == .none { reasons.append("nothing ran beside it to compare with: only the time before") }
        if kind != .concurrent, sides.placebos.count < PlaceboCalibration.minimumPairs {
            reasons.append(
                "how much \(deploy.service) changes by itself is hardly known: \(sides.placebos.count) of the "
                    + "\(PlaceboCalibration.minimumPairs) earlier pairs of windows without a deploy that this needs"
            )
        }
        for service in together.sorted() where service != deploy.service {
            reasons.append("\(service) was deployed in the same time")
        }
        if together.contains(deploy.service) {
            reasons.append("\(deploy.service) was deployed more than once in the time")
        }
        let shift = exp(control.change(sides))
        if kind == .siblings, shift >= settings.locationRatio {
            reasons.append(
                "services that were not deployed became slower too (\(CheckWording.percent(shift))): that much is not blamed on it"
            )
        }
        return reasons
    }

    private static let uncalibratedConfidence = 0.85
    private static let quickConfidence = 0.8
}
