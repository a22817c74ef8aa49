import Synchronization

/// How many bytes of request bodies the process may hold at once, over all connections.
///
/// Share one between receivers. Safe to use from any thread.
package final class InFlightBudget: Sendable {
    private let limit: Int
    private let used = Atomic<Int>(0)

    package init(limit: Int = 256 << 20) {
        self.limit = limit
    }

    /// Bytes reserved now.
    package var bytesInUse: Int { used.load(ordering: .relaxed) }

    /// An empty reservation, given back when it goes out of scope.
    func reservation() -> Reservation { Reservation(self) }

    private func take(_ bytes: Int) -> Bool {
        let after = used.add(bytes, ordering: .relaxed).newValue
        guard after > limit else { return true }
        used.subtract(bytes, ordering: .relaxed)
        return false
    }

    private func give(_ bytes: Int) {
        used.subtract(bytes, ordering: .relaxed)
    }
}

extension InFlightBudget {
    /// An empty claim, to be released by its holder.
    func claim() -> Claim { Claim(budget: self) }

    /// What one stream holds of the budget, where a handler's life and not a scope says how long.
    struct Claim {
        fileprivate let budget: InFlightBudget
        private var bytes = 0

        fileprivate init(budget: InFlightBudget) {
            self.budget = budget
        }

        /// Raises the claim to `total` bytes; false when the budget has no room for the difference.
        mutating func grow(to total: Int) -> Bool {
            guard total > bytes else { return true }
            guard budget.take(total - bytes) else { return false }
            bytes = total
            return true
        }

        /// Gives everything back; a second call gives nothing.
        mutating func release() {
            budget.give(bytes)
            bytes = 0
        }
    }

    /// What one request holds of the budget.
    struct Reservation: ~Copyable {
        private let budget: InFlightBudget
        private var bytes = 0

        fileprivate init(_ budget: InFlightBudget) {
            self.budget = budget
        }

        deinit {
            budget.give(bytes)
        }

        /// Raises the reservation to `total` bytes; false when the budget has no room for the difference.
        mutating func grow(to total: Int) -> Bool {
            guard total > bytes else { return true }
            guard budget.take(total - bytes) else { return false }
            bytes = total
            return true
        }
    }
}
