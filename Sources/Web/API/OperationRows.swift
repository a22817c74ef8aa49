import Correlation
import Statistics
import Telemetry

/// Operations summed up over windows and versions.
enum OperationRows {
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

    /// In order of service and operation.
    static func rows(of windows: [TelemetryWindow]) -> [Row] {
        var sums: [OperationKey: (window: OperationWindow, versions: Set<String>)] = [:]
        for operation in windows.lazy.flatMap(\.operations) {
            if sums[operation.operation] == nil {
                sums[operation.operation] = (operation, operation.version.isEmpty ? [] : [operation.version])
            } else {
                sums[operation.operation]?.window.add(operation)
                if !operation.version.isEmpty { sums[operation.operation]?.versions.insert(operation.version) }
            }
        }
        return sums.sorted { $0.key < $1.key }.map { key, sum in
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
        for operation in operations.dropFirst() { sum.add(operation) }
        return sum
    }
}

extension OperationWindow {
    /// Adds what pages show: counts and durations.
    mutating func add(_ other: OperationWindow) {
        entries += other.entries
        errors += other.errors
        total.merge(other.total)
    }
}
