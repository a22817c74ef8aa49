package import Correlation
import Glibc
import Statistics
import Telemetry

/// Answers "is this deploy fine?" from windows of telemetry before and after it.
///
/// Pure: the same windows give the same report. The procedure is that of `spec/statistics.md` section 4 (b); what was
/// measured of it is in `docs/formats/check.md`. About 0.2 s for a day of 200 operations; not for hot paths.
package struct DeployCheck: Sendable {
    package var settings: DeployCheckSettings

    package init(settings: DeployCheckSettings = DeployCheckSettings()) {
        self.settings = settings
    }

    /// Compares the time after a deploy with the time before.
    ///
    /// Windows may come in any order; those that begin after `now`, Unix nanoseconds, are left out. Half a day before the
    /// deploy is what calibration wants; more tells more classes of error. Of all known deploys those near this one limit
    /// the answer.
    package func report(
        on deploy: DeployMarker,
        windows: [TelemetryWindow],
        deploys: [DeployMarker] = [],
        objectives: [ServiceObjective] = [],
        now: UInt64
    ) -> CheckReport {
        let known = windows.filter { $0.start < now }.sorted { $0.start < $1.start }
        let timeline = CheckTimeline(known, binLength: settings.binLength)
        let others = deploys.filter { $0.id != deploy.id }
        let sides = CheckSides(timeline, deploy: deploy, others: others, settings: settings)
        var report = blank(deploy, timeline, sides, now: now)
        let scope = CheckScope(timeline, sides: sides, deploy: deploy, settings: settings)
        if scope.own.isEmpty {
            report.reasons = ["no span of \(deploy.service) is in \(known.count) windows"]
            report.summary = "Nothing can be said of \(deploy.title): \(report.reasons[0])."
            return report
        }
        let together = Set(others.filter { sides.covers($0.at, timeline) }.map(\.service))
        let control = CheckControl(
            timeline,
            sides: sides,
            tested: scope.tested,
            excluded: together.union([deploy.service]),
            settings: settings
        )
        report.control = scope.isConcurrent ? .concurrent : control.index == nil ? .none : .siblings
        let comparison = CheckComparison(timeline, sides: sides, scope: scope, control: control, settings: settings)
        var candidates = sides.shortage == nil ? comparison.candidates() : []
        CheckCandidate.adjust(&candidates)
        let judgement = CheckJudgement(
            comparison,
            candidates: candidates,
            structure: structure(timeline, sides, scope, deploy, deploys),
            burns: sides.shortage == nil
                ? BurnRate.broken(objectives, timeline: timeline, sides: sides, scope: scope) : [],
            cap: cap(report.control, sides)
        )
        report.findings = judgement.findings
        report.culprit = judgement.culprit
        report.operations = comparison.changes(candidates)
        report.reasons = reasons(sides, report.control, control, together, deploy)
        decide(&report, comparison, candidates, judgement)
        show(&report, timeline, sides, scope)
        return report
    }

    private func show(_ report: inout CheckReport, _ timeline: CheckTimeline, _ sides: CheckSides, _ scope: CheckScope)
    {
        let named = report.culprit.flatMap { culprit in
            timeline.operations.indices.first {
                timeline.operations[$0].service == culprit.service && timeline.operations[$0].name == culprit.operation
            }
        }
        let busiest = scope.own.sorted().max {
            timeline.merged($0, in: sides.before).own.sum < timeline.merged($1, in: sides.before).own.sum
        }
        guard let operation = named ?? busiest else { return }
        let key = timeline.operations[operation]
        report.shown = CulpritReference(service: key.service, operation: key.name)
        let bins = sides.before.lowerBound..<sides.since.upperBound
        report.points = timeline.points(
            of: operation,
            in: max(bins.lowerBound, bins.upperBound - DeployCheck.pointLimit)..<bins.upperBound
        )
    }

    private func blank(
        _ deploy: DeployMarker,
        _ timeline: CheckTimeline,
        _ sides: CheckSides,
        now: UInt64
    ) -> CheckReport {
        let elapsed = now > deploy.at ? now - deploy.at : 0
        let look = max(1, settings.looks.count { $0 <= elapsed })
        return CheckReport(
            id: CheckReport.id(of: deploy, at: now),
            deploy: deploy,
            checkedAt: now,
            before: timeline.time(of: sides.before),
            after: timeline.time(of: sides.after),
            control: .none,
            placeboPairs: sides.placebos.count,
            verdict: .inconclusive,
            confidence: 0,
            summary: "",
            look: look,
            binSeconds: Int(settings.binLength / 1_000_000_000)
        )
    }

    private func structure(
        _ timeline: CheckTimeline,
        _ sides: CheckSides,
        _ scope: CheckScope,
        _ deploy: DeployMarker,
        _ deploys: [DeployMarker]
    ) -> [StructureChange] {
        StructureChange.newErrors(
            timeline,
            sides: sides,
            scope: scope,
            deploy: deploy,
            deploys: deploys,
            settings: settings
        ) + StructureChange.vanished(timeline, sides: sides, scope: scope, settings: settings)
    }

    private func cap(_ control: CheckReport.Control, _ sides: CheckSides) -> Double {
        if settings.isQuick { return DeployCheck.quickConfidence }
        let isCalibrated = control == .concurrent || sides.placebos.count >= DeployCheck.leastPlacebos
        return min(
            control == .none ? settings.uncontrolledConfidence : 1,
            isCalibrated ? 1 : DeployCheck.uncalibratedConfidence
        )
    }

    private func reasons(
        _ sides: CheckSides,
        _ kind: CheckReport.Control,
        _ control: CheckControl,
        _ together: Set<String>,
        _ deploy: DeployMarker
    ) -> [String] {
        var reasons: [String] = []
        if let shortage = sides.shortage { reasons.append(shortage) }
        if settings.isQuick { reasons.append("a quick look at bins of 10 s, without distributions: less sure") }
        if kind == .none { reasons.append("nothing ran beside it to compare with: only the time before") }
        if kind != .concurrent, sides.placebos.count < DeployCheck.leastPlacebos {
            reasons.append(
                "\(sides.placebos.count) earlier pairs of windows without a deploy, \(DeployCheck.leastPlacebos) are needed "
                    + "to know how much the service changes by itself"
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

    private func decide(
        _ report: inout CheckReport,
        _ comparison: CheckComparison,
        _ candidates: [CheckCandidate],
        _ judgement: CheckJudgement
    ) {
        let title = report.deploy.title
        let wrong = report.findings.filter(\.isWrong)
        if let worst = wrong.first, let culprit = report.culprit {
            report.verdict = .anomalous
            report.confidence = wrong.map(\.confidence).max() ?? 0
            report.summary = "\(culprit.service), \(culprit.operation): \(worst.sentence), since \(title)."
            return
        }
        let sides = comparison.sides
        if sides.shortage != nil || candidates.isEmpty {
            let reason = sides.shortage ?? "no operation has enough requests on both sides"
            if report.reasons.isEmpty { report.reasons = [reason] }
            report.summary = "Nothing can be said of \(title) yet: \(reason)."
            return
        }
        let cap = cap(report.control, sides)
        if let suspicion = judgement.suspicions.max(by: { $0.confidence < $1.confidence }) {
            let operation = comparison.timeline.operations[suspicion.operation]
            report.reasons.insert(
                "\(CheckWording.sentence(suspicion, operation: operation)), which may be chance: look again",
                at: 0
            )
            report.confidence = 1 - min(cap, suspicion.confidence)
            report.summary = "\(title) may be slower: \(CheckWording.sentence(suspicion, operation: operation))."
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

    /// Pairs below which nothing is calibrated (`PlaceboCalibration`).
    private static let leastPlacebos = 12
    private static let uncalibratedConfidence = 0.85
    private static let quickConfidence = 0.8
    private static let pointLimit = 240
}

extension DeployMarker {
    /// As a sentence names it.
    package var title: String { version.isEmpty ? "the deploy of \(service)" : "\(service) \(version)" }
}

extension CheckTimeline {
    /// Unix nanoseconds that bins cover.
    func time(of bins: Range<Int>) -> Range<UInt64> {
        origin + UInt64(bins.lowerBound) * binLength..<origin + UInt64(bins.upperBound) * binLength
    }

    /// An operation bin by bin; quantiles where a bin has a distribution, else the geometric mean as the median.
    func points(of operation: Int, in bins: Range<Int>) -> [CheckPoint] {
        let counts = errors(operation, in: bins)
        let typical = location(operation, in: bins)
        return bins.map { bin in
            var point = CheckPoint(
                start: time(of: bin..<bin + 1).lowerBound,
                spans: Int(counts.counts[bin]),
                errors: Int(counts.sums[bin]),
                p50: nil,
                p95: nil
            )
            guard point.spans > 0 else { return point }
            if binLength == TelemetryWindow.length {
                let total = merged(operation, in: bin..<bin + 1).total
                point.p50 = Double(total.quantile(0.5)) / 1e6
                point.p95 = Double(total.quantile(0.95)) / 1e6
            } else {
                point.p50 = exp(typical.sums[bin] / max(1, typical.counts[bin])) / 1e6
            }
            return point
        }
    }
}

extension CheckSides {
    /// Whether a moment lies in what is compared.
    func covers(_ moment: UInt64, _ timeline: CheckTimeline) -> Bool {
        let (early, late) = (timeline.time(of: before), timeline.time(of: after))
        return moment >= early.lowerBound && moment < max(late.upperBound, early.upperBound)
    }
}

extension CheckComparison {
    /// All operations that were seen on either side, in order of how much they changed.
    func changes(_ candidates: [CheckCandidate]) -> [OperationChange] {
        let least = Dictionary(candidates.map { ($0.operation, $0.q) }, uniquingKeysWith: min)
        let changes = timeline.operations.indices.compactMap { operation -> OperationChange? in
            let (early, late) = (before[operation], after[operation])
            guard early.count + late.count > 0 else { return nil }
            func rate(_ window: OperationWindow) -> Double {
                window.count > 0 ? Double(window.errors) / Double(window.count) : 0
            }
            return OperationChange(
                operation: timeline.operations[operation],
                requestsBefore: early.count,
                requestsAfter: late.count,
                p95Before: Double(early.total.quantile(0.95)) / 1e6,
                p95After: Double(late.total.quantile(0.95)) / 1e6,
                errorRateBefore: rate(early),
                errorRateAfter: rate(late),
                q: least[operation]
            )
        }
        return changes.sorted {
            (-$0.magnitude, $0.operation) < (-$1.magnitude, $1.operation)
        }
    }
}

extension OperationChange {
    fileprivate var magnitude: Double {
        guard requestsBefore > 0, requestsAfter > 0 else { return .infinity }
        return abs(log(max(p95After, 1e-6) / max(p95Before, 1e-6))) + 10 * abs(errorRateAfter - errorRateBefore)
    }
}
