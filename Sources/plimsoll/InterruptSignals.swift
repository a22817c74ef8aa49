import Dispatch
import Glibc

/// Ctrl-C, SIGTERM and a closed terminal as a call, for as long as this lives.
final class InterruptSignals {
    private let sources: [any DispatchSourceSignal]

    /// `handler` is called on a background queue, once a signal, never twice at the same time.
    init(handler: @escaping @Sendable () -> Void) {
        // The runtime would print a backtrace and go on; Ctrl-\\ means: at once.
        signal(SIGQUIT, SIG_DFL)
        let queue = DispatchQueue(label: "plimsoll.signals")
        var sources: [any DispatchSourceSignal] = []
        for number in [SIGINT, SIGTERM, SIGHUP] {
            // The default action would end the process before the source hears of it.
            let before = signal(number, SIG_IGN)
            // Started with nohup: a closed terminal is meant to be survived.
            if number == SIGHUP, InterruptSignals.isIgnoring(before) { continue }
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler(handler: handler)
            source.resume()
            sources.append(source)
        }
        self.sources = sources
    }

    deinit {
        for source in sources { source.cancel() }
    }

    // SIG_IGN is the address 1, and Swift compares no C functions.
    private static func isIgnoring(_ handler: sighandler_t?) -> Bool {
        unsafeBitCast(handler, to: Int.self) == 1
    }
}
