import Synchronization
import Telemetry

/// What all decoders of a process share.
final class DecodingContext: Sendable {
    let vocabulary: Vocabulary
    let limits: DecodingLimits
    let limiter = CardinalityLimiter()
    let totals = DeltaTotals()
    private let idle = Mutex<[Box]>([])

    /// As many as can be at work at once on most machines; more requests than that make a new one each.
    private static let idleLimit = 8

    init(vocabulary: Vocabulary, limits: DecodingLimits) {
        self.vocabulary = vocabulary
        self.limits = limits
    }

    /// A session in a place where a list can hold it.
    ///
    /// Unchecked because a session may not be copied into a `Mutex`'s array by itself: whoever took it out of `idle` is the only one that has it until it is put back.
    private final class Box: @unchecked Sendable {
        var session: DecodingSession

        init(_ session: consuming DecodingSession) {
            self.session = session
        }
    }

    /// Calls `body` with a session of its own.
    ///
    /// - Throws: `WireError.tooLarge` when there is no memory for one, or what `body` throws.
    func withSession<Value>(
        _ body: (inout DecodingSession) throws(WireError) -> Value
    ) throws(WireError) -> Value {
        let box: Box
        if let known = idle.withLock({ $0.popLast() }) {
            box = known
        } else {
            guard let session = DecodingSession(self) else { throw .tooLarge("no memory to decode the request") }
            box = Box(session)
        }
        defer {
            if !box.session.isFull {
                idle.withLock { idle in
                    if idle.count < DecodingContext.idleLimit { idle.append(box) }
                }
            }
        }
        return try body(&box.session)
    }
}
