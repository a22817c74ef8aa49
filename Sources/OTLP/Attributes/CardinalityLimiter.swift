import Synchronization
import Telemetry

/// Bounds how many different names and values the spans of all requests may bring into the vocabulary.
///
/// Without it one attribute with a request id would fill the vocabulary, and the operations that come later would all
/// be `_overflow`. Safe to call from any thread.
final class CardinalityLimiter: Sendable {
    /// What is counted together.
    enum Group: Hashable {
        case services, instances, attributeKeys, statements, errorTypes, eventNames, messages
        case values(of: StringID)
        case operations(of: StringID)

        /// How many different members are let in.
        var limit: Int {
            switch self {
            case .services: 1_000
            case .instances: 10_000
            case .attributeKeys: 2_000
            case .statements: 5_000
            case .errorTypes, .eventNames: 1_000
            case .messages: 5_000
            // Above 1,000 values an attribute explains nothing (`spec/analysis.md`, F30).
            case .values: 1_000
            case .operations: 1_000
            }
        }
    }

    private struct State {
        // Hashes instead of strings: a collision lets one member too many in.
        var members: [Group: Set<Int>] = [:]
        var refused = 0
    }

    private let state = Mutex(State())

    /// Whether the text is, or now becomes, a member of the group.
    func admits(_ text: String, to group: Group) -> Bool {
        let hash = text.hashValue
        return state.withLock { state in
            if state.members[group]?.contains(hash) == true { return true }
            guard state.members[group, default: []].count < group.limit else {
                state.refused += 1
                return false
            }
            state.members[group, default: []].insert(hash)
            return true
        }
    }

    /// How often something was not let in.
    var refused: Int { state.withLock { $0.refused } }
}
