import Correlation
import Statistics
import Telemetry

/// How fast an error budget burns since a deploy: 1 spends exactly what an objective allows.
struct BurnRate {
    let operation: Int
    let rule: BurnRule
    let before: Double
    let after: Double

    /// A deploy is not looked at for three days.
    private static let rules = [BurnRule.fast, .slow]
    private static let minimumBadEvents = 10.0

    /// The first rule that each objective of the deployed service breaks since the deploy, and did not break before.
    ///
    /// The long window is cut at the deploy: what burned before is not this version's.
    static func broken(
        _ objectives: [ServiceObjective],
        timeline: CheckTimeline,
        sides: CheckSides,
        scope: CheckScope
    ) -> [BurnRate] {
        objectives.flatMap { objective in
            scope.own.sorted().compactMap { operation -> BurnRate? in
                let key = timeline.operations[operation]
                guard key.service == objective.service, key.kind == .server || key.kind == .consumer,
                    objective.operation == nil || objective.operation == key.name,
                    objective.target > 0, objective.target < 1
                else { return nil }
                return rules.lazy.compactMap { rule in
                    check(rule, objective, operation, timeline, sides)
                }.first
            }
        }
    }

    private static func check(
        _ rule: BurnRule,
        _ objective: ServiceObjective,
        _ operation: Int,
        _ timeline: CheckTimeline,
        _ sides: CheckSides
    ) -> BurnRate? {
        let end = sides.since.upperBound
        func since(_ length: UInt64) -> Range<Int> {
            max(sides.since.lowerBound, end - Int(length / timeline.binLength))..<end
        }
        let (long, short) = (
            bad(objective, operation, timeline, since(rule.long)),
            bad(objective, operation, timeline, since(rule.short))
        )
        let early = bad(objective, operation, timeline, sides.before)
        let budget = 1 - objective.target
        guard long.bad >= minimumBadEvents, long.share / budget >= rule.factor, short.share / budget >= rule.factor,
            early.share / budget < rule.factor
        else { return nil }
        return BurnRate(operation: operation, rule: rule, before: early.share / budget, after: long.share / budget)
    }

    private static func bad(
        _ objective: ServiceObjective,
        _ operation: Int,
        _ timeline: CheckTimeline,
        _ bins: Range<Int>
    ) -> (bad: Double, share: Double) {
        guard !bins.isEmpty else { return (0, 0) }
        let sum = timeline.merged(operation, in: bins)
        let slow = objective.latencyMilliseconds.map { Int(sum.total.count(above: UInt64(max(0, $0) * 1e6))) } ?? 0
        // A failed request may be slow too; it is bad once.
        let bad = min(sum.count, max(sum.errors, slow))
        return (Double(bad), sum.count > 0 ? Double(bad) / Double(sum.count) : 0)
    }
}
