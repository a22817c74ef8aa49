import Correlation
import Statistics
import Telemetry

/// Operations summed up over windows and versions.
struct OperationRows {
    struct Row: Encodable {
        let service: String
        let operation: String
        let kind: String
        let versions: [String]
        let spans: Int
        let errors: Int
        /// 0...1.
        let errorRate: Double
        let p50Milliseconds: Double
        let p95Milliseconds: Double
        let p99Milliseconds: Double
        let isEntry: Bool
    }

    private var sums: [OperationKey: (window: OperationWindow, versions: Set<String>)] = [:]

    mutating func add(_ window: TelemetryWindow) {
        for operation in window.operations {
            let versions: Set = operation.version.isEmpty ? [] : [operation.version]
            if sums[operation.operation] == nil {
                sums[operation.operation] = (operation, versions)
            } else {
                sums[operation.operation]?.window.merge(operation)
                sums[operation.operation]?.versions.formUnion(versions)
            }
        }
    }

    /// In order of service and operation.
    var rows: [Row] {
        sums.sorted { $0.key < $1.key }.map { key, sum in
            Row(
                service: key.service,
                operation: key.name,
                kind: "\(key.kind)",
                versions: sum.versions.sorted(),
                spans: sum.window.count,
                errors: sum.window.errors,
                errorRate: sum.window.count == 0 ? 0 : Double(sum.window.errors) / Double(sum.window.count),
                p50Milliseconds: Double(sum.window.total.quantile(0.5)) / 1e6,
                p95Milliseconds: Double(sum.window.total.quantile(0.95)) / 1e6,
                p99Milliseconds: Double(sum.window.total.quantile(0.99)) / 1e6,
                isEntry: sum.window.entries > 0
            )
        }
    }

    /// `nil` for none.
    static func merged(_ operations: [OperationWindow]) -> OperationWindow? {
        guard var sum = operations.first else { return nil }
        for operation in operations.dropFirst() { sum.merge(operation) }
        return sum
    }
}
