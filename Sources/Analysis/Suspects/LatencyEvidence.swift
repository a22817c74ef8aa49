import Telemetry

/// Whose work or whose wire takes longer than before, milliseconds a request beyond what chance explains.
///
/// What a client span takes longer than its callee is blamed on the callee; on the caller where most of its callees seem
/// slow to it and not to others, as they do to a service that does not get the processor.
struct LatencyEvidence {
    /// By service.
    private(set) var milliseconds: [String: Double] = [:]
    /// By service: the operation with most of it.
    private(set) var operations: [String: OperationID] = [:]
    /// Over all services.
    private(set) var total = 0.0

    /// Standard errors of the difference of means that chance is granted.
    private static let chance = 3.0
    /// A change below this share of the new value does not count as a slow edge.
    private static let elevatedShare = 0.3
    /// Callees that must seem slow before their caller is suspected, and their share.
    private static let callerCallees = 3
    private static let callerShare = 0.7

    private struct Slowdown {
        var edge: WindowActivity.Edge
        var weight: Double
        var calls: Double
        var isElevated: Bool
    }

    private struct Tally {
        var calls = 0.0
        var elevated = 0.0
    }

    init(before: WindowActivity, after: WindowActivity) {
        var weights: [String: [OperationID: Double]] = [:]
        func blame(_ service: String, _ operation: OperationID, _ weight: Double) {
            if weight > 0 { weights[service, default: [:]][operation, default: 0] += weight }
        }
        let traces = Double(max(1, after.traces))
        for (operation, now) in after.selfTimes {
            guard let then = before.selfTimes[operation], then.count >= 3 else { continue }
            let (excess, share) = LatencyEvidence.excess(of: now, over: then)
            blame(after.service(operation), operation, excess * share * Double(now.count) / traces)
        }
        let edges = after.gaps.compactMap { edge, now -> Slowdown? in
            guard let then = before.gaps[edge] else { return nil }
            let (excess, share) = LatencyEvidence.excess(of: now, over: then)
            let calls = Double(now.count) / traces
            return Slowdown(
                edge: edge,
                weight: excess * share * calls,
                calls: calls,
                isElevated: excess > 0 && share > LatencyEvidence.elevatedShare
            )
        }
        let (outward, inward) = LatencyEvidence.tallies(edges, in: after)
        for slow in edges where slow.weight > 0 {
            let (caller, callee) = (after.service(slow.edge.caller), after.service(slow.edge.callee))
            let isCallers = LatencyEvidence.isCallersFault(outward[caller] ?? [:], inward[callee] ?? [:])
            blame(isCallers ? caller : callee, isCallers ? slow.edge.caller : slow.edge.callee, slow.weight)
        }
        for (service, operations) in weights {
            milliseconds[service] = operations.values.sorted().reduce(0, +)
            self.operations[service] = operations.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }?.key
        }
        total = milliseconds.values.sorted().reduce(0, +)
    }

    /// How much more than chance a mean has grown, and the share of the new mean that is new, 0...1.
    private static func excess(of now: Moments, over then: Moments) -> (Double, Double) {
        let change = now.mean - then.mean
        guard change > 0 else { return (0, 0) }
        // Few equal numbers look surer than they are.
        let spread = max(then.deviation, 0.1 * then.mean, 0.05)
        let spreadNow = max(spread, now.count > 1 ? now.deviation : change / 4)
        let error = (spread * spread / Double(then.count) + spreadNow * spreadNow / Double(now.count)).squareRoot()
        return (max(0, change - chance * error), min(1, max(0, change / now.mean)))
    }

    /// By service, then by the service at the other end.
    private static func tallies(
        _ edges: [Slowdown],
        in activity: WindowActivity
    ) -> ([String: [String: Tally]], [String: [String: Tally]]) {
        var outward: [String: [String: Tally]] = [:]
        var inward: [String: [String: Tally]] = [:]
        for edge in edges {
            let (caller, callee) = (activity.service(edge.edge.caller), activity.service(edge.edge.callee))
            let elevated = edge.isElevated ? edge.calls : 0
            outward[caller, default: [:]][callee, default: Tally()].calls += edge.calls
            outward[caller, default: [:]][callee, default: Tally()].elevated += elevated
            inward[callee, default: [:]][caller, default: Tally()].calls += edge.calls
            inward[callee, default: [:]][caller, default: Tally()].elevated += elevated
        }
        return (outward, inward)
    }

    private static func isCallersFault(_ outward: [String: Tally], _ inward: [String: Tally]) -> Bool {
        func elevated(_ tallies: [String: Tally]) -> Double {
            tallies.values.reduce(0) { $0 + $1.elevated / max($1.calls, .leastNonzeroMagnitude) }
        }
        let (out, into) = (elevated(outward), elevated(inward))
        let (outShare, inShare) = (out / Double(max(1, outward.count)), into / Double(max(1, inward.count)))
        return outward.count >= callerCallees && outShare > callerShare && inShare <= outShare + 1e-9 && out > into
    }
}
