import Synchronization

/// What is told of one run, and to whom; nothing in it grows.
final class RunEvents: Sendable {
    private static let keptNotes = 200

    private struct State {
        var number = 0
        var notes: [RunQueueEvent] = []
        var progress: RunQueueEvent?
        var end: RunQueueEvent?
        var nextWatcher = 0
        var watchers: [Int: AsyncStream<RunQueueEvent>.Continuation] = [:]
    }

    private let state = Mutex(State())

    func tell(_ kind: RunQueueEvent.Kind, _ text: String, share: Double? = nil) {
        let (event, watchers) = state.withLock { state in
            state.number += 1
            let event = RunQueueEvent(number: state.number, kind: kind, text: text, share: share)
            switch kind {
            case .progress: state.progress = event
            case .note:
                state.notes.append(event)
                if state.notes.count > RunEvents.keptNotes { state.notes.removeFirst() }
            case .end: state.end = event
            }
            defer { if kind == .end { state.watchers = [:] } }
            return (event, Array(state.watchers.values))
        }
        for watcher in watchers {
            watcher.yield(event)
            if kind == .end { watcher.finish() }
        }
    }

    /// What was told behind `after` and is still known, and then what is told; `nil` beyond `most` watchers.
    func events(after: Int, most: Int) -> AsyncStream<RunQueueEvent>? {
        let (stream, continuation) = AsyncStream.makeStream(
            of: RunQueueEvent.self,
            bufferingPolicy: .bufferingNewest(RunEvents.keptNotes + 32)
        )
        let watcher: Int?? = state.withLock { state in
            let known = state.notes + [state.progress, state.end].compactMap { $0 }
            for event in known.sorted(by: { $0.number < $1.number }) where event.number > after {
                continuation.yield(event)
            }
            guard state.end == nil else { return .some(nil) }
            guard state.watchers.count < most else { return nil }
            state.nextWatcher += 1
            state.watchers[state.nextWatcher] = continuation
            return .some(state.nextWatcher)
        }
        guard let watcher else { return nil }
        if let watcher {
            continuation.onTermination = { [weak self] _ in
                self?.state.withLock { _ = $0.watchers.removeValue(forKey: watcher) }
            }
        } else {
            continuation.finish()
        }
        return stream
    }
}
