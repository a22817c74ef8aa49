import Telemetry

/// Ranks services by everything that two windows of traces, and metrics beside them, say against each.
///
/// Evidence is added up, not voted on: a small change that is seen everywhere is as good as a large one seen once, and
/// none has to be significant by itself, which in a minute of thin traffic none may be. The answer is an order with
/// confidences, not a test; `EndpointComparison` decides whether anything has changed at all.
package struct SuspectRanking: Sendable {
    /// One service with what speaks against it.
    package struct Suspect: Sendable, Hashable {
        package var service: String
        /// The operation with most of the evidence; empty when metrics alone speak.
        package var operation: String
        /// For ordering.
        package var score: Double
        /// 0...1: how far ahead of the others, and how much evidence there is at all.
        package var confidence: Double
        /// Of the slowdown beyond chance, 0...1.
        package var latencyShare: Double
    }

    /// Best first; services with no evidence at all come last, the busiest first.
    package let suspects: [Suspect]

    /// A slowdown of this share of the request counts half.
    private static let halfSlowdown = 0.3
    private static let processorWeight = 0.5
    private static let structureWeight = 3.0
    private static let errorWeight = 2.0
    /// With nothing to go by, whom most requests pass through: a tie-break, no evidence.
    private static let reachWeight = 0.04
    /// Evidence that makes the first of several suspects half sure.
    private static let halfSure = 0.15

    private struct Evidence {
        var latency = 0.0
        var structure = 0.0
        var errors = 0.0
        var processor = 0.0
        var other = 0.0

        var sum: Double { latency + structure + errors + processor + other }
    }

    /// - Parameters:
    ///   - before: the better time.
    ///   - after: what is to be explained.
    ///   - resources: of both times, told apart by `after`'s window.
    ///   - findings: their weight by service, for what neither latency, structure nor processors show.
    init(before: WindowActivity, after: WindowActivity, resources: [ResourceSeries], findings: [String: Double]) {
        let latency = LatencyEvidence(before: before, after: after)
        let structure = StructureEvidence(before: before, after: after)
        let errors = ErrorEvidence(before: before, after: after)
        let processors = ProcessorEvidence(resources, from: after.start, to: after.end)
        let known = Set(before.reach.keys).union(after.reach.keys)
        let slowdown = latency.total / max(latency.total + SuspectRanking.halfSlowdown * before.duration.mean, 1e-12)
        var evidence: [String: Evidence] = [:]
        for service in known {
            var own = Evidence()
            if latency.total > 0 {
                own.latency = slowdown * (latency.milliseconds[service] ?? 0) / latency.total
            }
            own.structure = SuspectRanking.structureWeight * (structure.weights[service] ?? 0)
            own.errors = SuspectRanking.errorWeight * (errors.weights[service] ?? 0)
            own.processor = SuspectRanking.processorWeight * (processors.strengths[service] ?? 0)
            own.other = findings[service] ?? 0
            evidence[service] = own
        }
        let sums = evidence.values.map(\.sum).sorted(by: >)
        suspects = evidence.map { service, own in
            let operation =
                [
                    (own.structure, structure.operations[service]), (own.errors, errors.operations[service]),
                    (own.latency, latency.operations[service]),
                ].filter { $0.1 != nil && $0.0 > 0 }.max { $0.0 < $1.0 }?.1
            let key = operation.flatMap { after.operations[$0] ?? before.operations[$0] }
            let strongest = own.sum == sums.first ? (sums.count > 1 ? sums[1] : 0) : sums.first ?? 0
            let lead = own.sum > 0 ? own.sum / (own.sum + strongest) : 0
            return Suspect(
                service: service,
                operation: key?.name ?? SuspectRanking.mainOperation(of: service, in: after),
                score: own.sum + SuspectRanking.reachWeight * after.reachShare(of: service),
                confidence: lead * own.sum / (own.sum + SuspectRanking.halfSure),
                latencyShare: latency.total > 0 ? (latency.milliseconds[service] ?? 0) / latency.total : 0
            )
        }
        .sorted { ($0.score, $1.service) > ($1.score, $0.service) }
    }

    /// Where a service does most of its work: what metrics alone cannot tell.
    private static func mainOperation(of service: String, in activity: WindowActivity) -> String {
        let own = activity.selfTimes.filter { activity.service($0.key) == service }
        let most = own.max {
            ($0.value.mean * Double($0.value.count), $1.key.rawValue)
                < ($1.value.mean * Double($1.value.count), $0.key.rawValue)
        }
        return most.flatMap { activity.operations[$0.key]?.name } ?? ""
    }
}
