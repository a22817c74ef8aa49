import Correlation
import Glibc
import Statistics
import Telemetry

/// What no test is needed for: errors of a class that was never seen, and operations that are no longer called.
struct StructureChange {
    let operation: Int
    let signal: CheckFinding.Signal
    let before: Double
    let after: Double
    let confidence: Double
    let persistence: CheckFinding.Persistence
    /// Of the class of error, or of the operation that took the place of a vanished one.
    let name: String
    let role: CheckFinding.Role

    /// Classes of error of the service that its last deployments did not have, one an operation and class.
    static func newErrors(
        _ timeline: CheckTimeline,
        sides: CheckSides,
        scope: CheckScope,
        deploy: DeployMarker,
        deploys: [DeployMarker],
        settings: DeployCheckSettings
    ) -> [StructureChange] {
        let earlier = deploys.filter { $0.service == deploy.service && $0.at < deploy.at }.map(\.at).sorted(by: >)
        let known =
            earlier.count >= settings.rememberedDeploys
            ? timeline.bins(in: earlier[settings.rememberedDeploys - 1]..<deploy.at).lowerBound : 0
        let history = min(known, sides.before.lowerBound)..<sides.before.upperBound
        guard history.count >= settings.minimumBins else { return [] }
        var result: [StructureChange] = []
        for operation in scope.own.sorted() {
            var classes: Set<String> = []
            timeline.each(operation, in: history) { row, _ in
                for (name, count) in row.errorTypes where count > 0 { classes.insert(name) }
            }
            var counts: [String: (count: Int, bins: Int, late: Int)] = [:]
            var spans = 0
            let middle = sides.since.lowerBound + sides.since.count / 2
            timeline.each(operation, in: sides.since, version: scope.newVersion) { row, first in
                spans += row.count
                for (name, count) in row.errorTypes where name != other && !classes.contains(name) {
                    let old = counts[name] ?? (0, 0, 0)
                    counts[name] = (old.count + count, old.bins + 1, old.late + (first >= middle ? count : 0))
                }
            }
            for (name, found) in counts.sorted(by: { $0.key < $1.key }) {
                // One window holds several bins of a quick look.
                let bins = settings.isQuick ? found.bins + 1 : found.bins
                guard found.count >= settings.minimumNewErrors, bins >= settings.minimumNewErrorBins else { continue }
                result.append(
                    StructureChange(
                        operation: operation,
                        signal: .newError,
                        before: 0,
                        after: Double(found.count) / Double(max(1, spans)),
                        confidence: newErrorConfidence,
                        persistence: found.late * 5 >= found.count || settings.isQuick ? .lasting : .transient,
                        name: name,
                        role: .cause
                    )
                )
            }
        }
        return result
    }

    /// Operations of the service that were called all the time, and are not any more though their callers live.
    static func vanished(
        _ timeline: CheckTimeline,
        sides: CheckSides,
        scope: CheckScope,
        settings: DeployCheckSettings
    ) -> [StructureChange] {
        guard sides.after.count >= settings.minimumBins else { return [] }
        func counts(_ operation: Int, _ bins: Range<Int>) -> Double {
            timeline.errors(operation, in: bins).counts[bins].reduce(0, +)
        }
        var result: [StructureChange] = []
        for operation in scope.own.sorted() {
            let series = timeline.errors(operation, in: sides.before)
            let support = series.counts[sides.before].reduce(0, +)
            guard support >= Double(settings.minimumSupport), series.filled(sides.before) * 10 >= sides.before.count * 8
            else { continue }
            // An entry is measured against the other entries of the system.
            let callers =
                scope.tree.callers[operation].isEmpty
                ? timeline.operations.indices.filter { scope.tree.callers[$0].isEmpty && $0 != operation }
                : scope.tree.callers[operation]
            let (early, late) = callers.reduce((0.0, 0.0)) {
                ($0.0 + counts($1, sides.before), $0.1 + counts($1, sides.after))
            }
            guard early > 0, late > 0 else { continue }
            let (before, after) = (support / early, counts(operation, sides.after) / late)
            let expected = before * late
            guard expected >= Double(settings.minimumSupport) / 2, after <= before * (1 - settings.vanishedShare) else {
                continue
            }
            let heir = timeline.operations.indices.first { other in
                timeline.operations[other].service == timeline.operations[operation].service
                    && counts(other, sides.before) == 0 && counts(other, sides.after) >= expected / 2
            }
            result.append(
                StructureChange(
                    operation: operation,
                    signal: .vanished,
                    before: before,
                    after: after,
                    confidence: heir == nil ? vanishedConfidence : renamedConfidence,
                    persistence: .lasting,
                    name: heir.map { timeline.operations[$0].name } ?? "",
                    role: heir == nil ? .cause : .informational
                )
            )
        }
        return result
    }

    private static let other = "other"
    /// `spec/statistics.md` section 4 (a) 5.
    private static let newErrorConfidence = 0.95
    private static let vanishedConfidence = 0.9
    private static let renamedConfidence = 0.3
}
