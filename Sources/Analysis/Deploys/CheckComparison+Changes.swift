import Correlation
import Glibc
import Statistics
import Telemetry

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
