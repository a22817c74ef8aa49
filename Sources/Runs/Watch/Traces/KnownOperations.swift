import Correlation
import Telemetry

/// Every operation that was seen of late, for who chooses from a list; the longest unseen are forgotten first.
struct KnownOperations {
    private static let limit = 10_000

    private var lastSeen: [OperationKey: UInt64] = [:]

    mutating func add(_ window: TelemetryWindow) {
        for operation in window.operations where operation.operation.service != WindowLimits.otherOperation {
            lastSeen[operation.operation] = max(lastSeen[operation.operation] ?? 0, window.start)
        }
        guard lastSeen.count > KnownOperations.limit else { return }
        let newest = lastSeen.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        lastSeen = Dictionary(uniqueKeysWithValues: newest.prefix(KnownOperations.limit).map { ($0.key, $0.value) })
    }

    var keys: Set<OperationKey> { Set(lastSeen.keys) }
}
