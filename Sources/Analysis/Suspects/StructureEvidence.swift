import Telemetry

/// Who made work disappear, by service: the evidence that errors and early returns leave when no span says so.
///
/// Work that stops behind an answered call was stopped by that answer: the callee is suspected. Work that stops by itself
/// was stopped by its own service, unless something else has begun to happen there instead (an error handler, a fallback):
/// then the first call that is missing is the one that failed, for a call that fails may leave no span.
struct StructureEvidence {
    /// By service; 1 is all spans of an operation that every request runs.
    private(set) var weights: [String: Double] = [:]
    /// By service: the operation with most of it.
    private(set) var operations: [String: OperationID] = [:]

    private static let chance = 2.0
    private static let certain = 6.0
    /// How much of the blame goes to the callee behind whose answer work stops.
    private static let answered = 0.75
    /// How much goes to the callee of the first missing call: with a new reaction beside it, and without.
    private static let reacted = 0.65
    private static let silent = 0.3
    /// Share of executions that must show the reaction.
    private static let reactionShare = 0.1

    init(before: WindowActivity, after: WindowActivity) {
        var weights: [String: [OperationID: Double]] = [:]
        func blame(_ operation: OperationID, _ weight: Double) {
            let service = after.operations[operation]?.service ?? before.service(operation)
            if weight > 0 { weights[service, default: [:]][operation, default: 0] += weight }
        }
        let reactions = StructureEvidence.reactions(before: before, after: after)
        for lost in LostWork.all(before: before, after: after).sorted(by: StructureEvidence.precedes) {
            let own = lost.call.operation
            let certainty = min(1, max(0, (lost.deviations - StructureEvidence.chance) / StructureEvidence.certain))
            let weight = lost.share * certainty * min(1, lost.frequency).squareRoot()
            if let callee = lost.ending?.callee {
                let share = StructureEvidence.answered * lost.endingShare
                blame(callee, weight * share)
                blame(own, weight * (1 - share))
            } else if let missing = StructureEvidence.firstCallee(among: lost.children, of: own, in: before) {
                let hasReaction =
                    reactions.contains(own) || (lost.call.caller.map { reactions.contains($0) } ?? false)
                let share = hasReaction ? StructureEvidence.reacted : StructureEvidence.silent
                blame(missing, weight * share)
                blame(own, weight * (1 - share))
            } else {
                blame(own, weight)
            }
        }
        for (service, operations) in weights {
            self.weights[service] = operations.values.sorted().reduce(0, +)
            self.operations[service] = operations.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }?.key
        }
    }

    /// Operations that have got a child which they had less often before.
    private static func reactions(before: WindowActivity, after: WindowActivity) -> Set<OperationID> {
        var found: Set<OperationID> = []
        for (call, now) in after.calls {
            guard let then = before.calls[call], then.count >= 5, now.count >= 2 else { continue }
            for (child, count) in now.presence {
                let earlier = then.presence[child] ?? 0
                let rise = Double(count) / Double(now.count) - Double(earlier) / Double(then.count)
                if rise > reactionShare, -LostWork.deviations(earlier, then.count, count, now.count) > 2.5 {
                    found.insert(call.operation)
                }
            }
        }
        return found
    }

    /// To whom the first of some children of an operation used to lead; `nil` when it stayed within the service.
    private static func firstCallee(
        among lost: Set<OperationID>,
        of operation: OperationID,
        in activity: WindowActivity
    ) -> OperationID? {
        var callees: [OperationID?: Int] = [:]
        for (call, executions) in activity.calls where call.operation == operation {
            for (shape, count) in executions.shapes {
                guard let first = shape.children.first(where: { lost.contains($0.operation) }) else { continue }
                callees[first.callee, default: 0] += count
            }
        }
        let most = callees.max { ($0.value, $1.key?.rawValue ?? 0) < ($1.value, $0.key?.rawValue ?? 0) }
        guard let callee = most?.key, activity.service(callee) != activity.service(operation) else { return nil }
        return callee
    }

    private static func precedes(_ left: LostWork, _ right: LostWork) -> Bool {
        let (l, r) = (left.call, right.call)
        return (l.operation.rawValue, l.caller?.rawValue ?? 0) < (r.operation.rawValue, r.caller?.rawValue ?? 0)
    }
}
