import Curl
import Synchronization

/// Tells the workers of a test to stop; set once, from any thread.
final class StopSignal: Sendable {
    private let flag = Atomic<Bool>(false)
    private let wakers: [LoopWaker]

    init(waking wakers: [LoopWaker]) {
        self.wakers = wakers
    }

    var isSet: Bool { flag.load(ordering: .relaxed) }

    func set() {
        flag.store(true, ordering: .relaxed)
        for waker in wakers { waker.wake() }
    }
}
