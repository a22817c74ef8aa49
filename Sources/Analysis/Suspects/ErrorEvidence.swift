import Telemetry

/// In whose operations errors have begun to originate, by service; 1 is an error a request.
struct ErrorEvidence {
    private(set) var weights: [String: Double] = [:]
    private(set) var operations: [String: OperationID] = [:]

    private static let chance = 3.0

    init(before: WindowActivity, after: WindowActivity) {
        var best: [String: Double] = [:]
        for (operation, errors) in after.errors.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            guard let count = after.counts[operation] else { continue }
            // A new operation has no rate before; that it did not err is what the old ones say.
            let earlierCount = before.counts[operation] ?? 0
            let earlier = before.errors[operation] ?? 0
            let rise = Double(errors) / Double(count) - Double(earlier) / Double(max(1, earlierCount))
            let deviations = -LostWork.deviations(earlier, max(1, earlierCount), errors, count)
            guard rise > 0, deviations > ErrorEvidence.chance || earlierCount == 0 else { continue }
            let weight = rise * min(1, Double(count) / Double(max(1, after.traces)))
            let service = after.service(operation)
            weights[service, default: 0] += weight
            if weight > best[service] ?? 0 { (best[service], operations[service]) = (weight, operation) }
        }
    }
}
