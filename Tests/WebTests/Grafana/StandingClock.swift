import Synchronization

/// A wall clock that stands still until a test moves it; Unix nanoseconds.
final class StandingClock: Sendable {
    private let time: Mutex<UInt64>

    init(_ start: UInt64) {
        time = Mutex(start)
    }

    var now: UInt64 {
        get { time.withLock { $0 } }
        set { time.withLock { $0 = newValue } }
    }
}
