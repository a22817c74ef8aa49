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
        let season = SeasonalControl(timeline, sides: sides, deploy: deploy, others: others, settings: settings)
        let control = CheckControl(
            timeline,
            sides: sides,
            tested: scope.tested,
            excluded: together.union([deploy.service]),
            bins: sides.bins(with: season, of: timeline),
            settings: settings
        )
        report.control =
            scope.isConcurrent
            ? .concurrent : control.index != nil ? .siblings : season.lags.isEmpty ? .none : .seasonal
        let conclusion = CheckConclusion(
            deploy: deploy,
            sides: sides,
            kind: report.control,
            control: control,
            together: together,
            settings: settings
        )
        let comparison = CheckComparison(
            timeline,
            sides: sides,
            scope: scope,
            control: control,
            season: season,
            settings: settings
        )
        var candidates = sides.shortage == nil ? comparison.candidates() : []
        CheckCandidate.adjust(&candidates)
        let judgement = CheckJudgement(
            comparison,
            candidates: candidates,
            structure: structure(timeline, sides, scope, deploy, deploys),
            burns: sides.shortage == nil
                ? BurnRate.broken(objectives, timeline: timeline, sides: sides, scope: scope) : [],
            cap: conclusion.cap
        )
        report.findings = judgement.findings
        report.culprit = judgement.culprit
        report.operations = comparison.changes(candidates)
        conclusion.draw(from: judgement, comparison, candidates, into: &report)
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

    private static let pointLimit = 240
}
