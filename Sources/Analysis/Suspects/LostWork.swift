import Glibc
import Telemetry

/// An operation whose executions have stopped having children that they used to have.
struct LostWork {
    let call: WindowActivity.Call
    /// Share of the spans below the operation that is gone and not replaced, 0...1.
    let share: Double
    /// How far the loss is from chance, standard deviations of the clearest child's presence.
    let deviations: Double
    /// The kinds of child that were lost beyond chance.
    let children: Set<OperationID>
    /// With what the executions that lost them now end, most typically: `nil` within for no child at all.
    let ending: WindowActivity.Child?
    /// Share of those executions that end so, 0...1.
    let endingShare: Double
    /// Executions a trace.
    let frequency: Double

    private static let minimumBefore = 5
    private static let minimumAfter = 2
    private static let chance = 2.5
    private static let minimumShare = 0.05

    /// Everything lost between two windows, in no particular order.
    static func all(before: WindowActivity, after: WindowActivity) -> [LostWork] {
        after.calls.compactMap { call, now in
            before.calls[call].flatMap { LostWork(call, before: $0, after: now, traces: after.traces) }
        }
    }

    /// Standard deviations by which the share `now / nowOf` lies below `then / thenOf`.
    static func deviations(_ then: Int, _ thenOf: Int, _ now: Int, _ nowOf: Int) -> Double {
        let (before, after) = (Double(then) / Double(thenOf), Double(now) / Double(nowOf))
        // Half an occurrence more, so that a share of 0 or 1 has a variance.
        let pooled = (Double(then + now) + 0.5) / (Double(thenOf + nowOf) + 1)
        let variance = pooled * (1 - pooled) * (1 / Double(thenOf) + 1 / Double(nowOf))
        return (before - after) / max(variance, .leastNonzeroMagnitude).squareRoot()
    }

    private init?(
        _ call: WindowActivity.Call,
        before: WindowActivity.Executions,
        after: WindowActivity.Executions,
        traces: Int
    ) {
        guard before.count >= LostWork.minimumBefore, after.count >= LostWork.minimumAfter else { return nil }
        var net = 0.0
        var clearest = 0.0
        var lost: Set<OperationID> = []
        for child in Set(before.presence.keys).union(after.presence.keys).sorted(by: { $0.rawValue < $1.rawValue }) {
            let (then, now) = (before.presence[child] ?? 0, after.presence[child] ?? 0)
            let fall = Double(then) / Double(before.count) - Double(now) / Double(after.count)
            if fall > 0 {
                net += fall * Double(before.childSpans[child] ?? 0) / Double(max(1, then))
                let deviations = LostWork.deviations(then, before.count, now, after.count)
                guard deviations > LostWork.chance else { continue }
                clearest = max(clearest, deviations)
                lost.insert(child)
            } else {
                net += fall * Double(after.childSpans[child] ?? 0) / Double(max(1, now))
            }
        }
        let share = net * Double(before.count) / Double(max(1, before.spans))
        guard !lost.isEmpty, share >= LostWork.minimumShare else { return nil }
        self.call = call
        self.share = min(1, share)
        deviations = clearest
        children = lost
        frequency = Double(after.count) / Double(max(1, traces))
        let endings = LostWork.endings(of: after, without: lost)
        let earlier = LostWork.endings(of: before, without: lost)
        let typical = endings.max { left, right in
            func rise(_ entry: (key: WindowActivity.Child?, value: Int)) -> Double {
                Double(entry.value) / Double(after.count)
                    - Double(earlier[entry.key] ?? 0) / Double(before.count)
            }
            let (l, r) = (rise(left), rise(right))
            return l != r ? l < r : LostWork.order(left.key) < LostWork.order(right.key)
        }
        guard let typical else { return nil }
        ending = typical.key
        endingShare = Double(typical.value) / Double(max(1, endings.values.reduce(0, +)))
    }

    /// How often executions that lack one of `lost` end with each child.
    private static func endings(
        of executions: WindowActivity.Executions,
        without lost: Set<OperationID>
    ) -> [WindowActivity.Child?: Int] {
        var endings: [WindowActivity.Child?: Int] = [:]
        for (shape, count) in executions.shapes {
            let present = Set(shape.children.map(\.operation))
            if !lost.isSubset(of: present) { endings[shape.last, default: 0] += count }
        }
        return endings
    }

    private static func order(_ child: WindowActivity.Child?) -> UInt64 {
        guard let child else { return 0 }
        return UInt64(child.operation.rawValue) << 32 | UInt64(child.callee?.rawValue ?? 0)
    }
}
