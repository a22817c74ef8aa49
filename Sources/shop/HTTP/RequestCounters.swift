import Synchronization

/// Counts requests by method, route and status, for `/metrics`.
final class RequestCounters: Sendable {
    struct Key: Hashable, Comparable {
        var method: String
        /// The route's template; every path without a route shares one series.
        var route: String
        var status: Int

        static func < (left: Key, right: Key) -> Bool {
            (left.route, left.method, left.status) < (right.route, right.method, right.status)
        }
    }

    private let counts = Mutex<[Key: UInt64]>([:])

    func count(_ key: Key) {
        counts.withLock { $0[key, default: 0] += 1 }
    }

    /// In a stable order.
    func snapshot() -> [(key: Key, count: UInt64)] {
        counts.withLock { counts in counts.map { (key: $0.key, count: $0.value) } }.sorted { $0.key < $1.key }
    }
}
