import Synchronization

/// Open connections by the address they come from; safe from any thread.
final class PeerCounts: Sendable {
    private let most: Int
    private let counts = Mutex<[String: Int]>([:])

    init(most: Int) {
        self.most = most
    }

    /// False where the peer has enough of them already.
    func open(_ peer: String) -> Bool {
        counts.withLock { counts in
            guard counts[peer, default: 0] < most else { return false }
            counts[peer, default: 0] += 1
            return true
        }
    }

    func close(_ peer: String) {
        counts.withLock { counts in
            let left = counts[peer, default: 1] - 1
            counts[peer] = left > 0 ? left : nil
        }
    }
}
