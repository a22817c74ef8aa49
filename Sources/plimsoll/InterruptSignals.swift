import Dispatch
import Glibc

/// Ctrl-C and SIGTERM as a call, for as long as this lives.
final class InterruptSignals {
    private let sources: [any DispatchSourceSignal]

    /// `handler` is called on a background queue, once a signal, never twice at the same time.
    init(handler: @escaping @Sendable () -> Void) {
        let queue = DispatchQueue(label: "plimsoll.signals")
        sources = [SIGINT, SIGTERM].map { number in
            // The default action would end the process before the source hears of it.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler(handler: handler)
            source.resume()
            return source
        }
    }

    deinit {
        for source in sources { source.cancel() }
    }
}
