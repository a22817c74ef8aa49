import Dispatch
import Glibc
import Synchronization

/// The first Ctrl-C (or SIGTERM) asks for a tidy end; the second ends the process at once.
///
/// After a sudden end the target's leash (`TargetProcess`) still takes its process group down.
final class InterruptSignals: Sendable {
    private let sources = Mutex<[any DispatchSourceSignal]>([])
    private let seen = Atomic(0)

    init(onFirst: @escaping @Sendable () -> Void) {
        let handled = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                let isFirst = self.seen.wrappingAdd(1, ordering: .relaxed).oldValue == 0
                if isFirst { onFirst() } else { _exit(130) }
            }
            source.resume()
            return source
        }
        sources.withLock { $0 = handled }
    }

    func cancel() {
        sources.withLock { sources in
            for source in sources { source.cancel() }
            sources = []
        }
    }
}
