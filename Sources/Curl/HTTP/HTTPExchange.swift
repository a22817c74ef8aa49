import Synchronization

/// What the callers of an `HTTPClient` and its thread share: requests on their way to the loop.
final class HTTPExchange: Sendable {
    struct Job {
        var id: UInt64
        var request: HTTPRequest
        /// For messages, without secrets.
        var name: String
        /// `MonotonicClock` nanoseconds.
        var deadline: UInt64
        var continuation: CheckedContinuation<Result<HTTPResponse, CurlError>, Never>
    }

    private struct State {
        /// Given an id, not yet waiting; whether they were cancelled in between.
        var announced: [UInt64: Bool] = [:]
        var waiting: [Job] = []
        /// With the loop.
        var inFlight: Set<UInt64> = []
        /// In flight, to be ended.
        var cancelled: Set<UInt64> = []
        var nextID: UInt64 = 0
        var isClosed = false
    }

    /// Requests that may wait for a connection.
    static let queueLimit = 1024

    let waker: LoopWaker
    private let state = Mutex(State())

    private init(waker: LoopWaker) {
        self.waker = waker
    }

    /// `nil` when the system has no descriptor or thread left.
    static func start(connections: Int) -> HTTPExchange? {
        do throws(CurlError) {
            let exchange = HTTPExchange(waker: try LoopWaker())
            try OwnThread.start(named: "http-client") { HTTPClientLoop.run(exchange, connections: connections) }
            return exchange
        } catch {
            return nil
        }
    }

    func send(_ request: HTTPRequest, named name: String) async throws(CurlError) -> HTTPResponse {
        let id = state.withLock { state in
            state.nextID += 1
            state.announced[state.nextID] = false
            return state.nextID
        }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                enqueue(
                    Job(
                        id: id,
                        request: request,
                        name: name,
                        deadline: MonotonicClock.now() + UInt64(max(.zero, request.timeout) / .nanoseconds(1)),
                        continuation: continuation
                    )
                )
            }
        } onCancel: {
            cancel(id)
        }
        return try result.get()
    }

    /// Ends the thread; requests on their way end with `cancelled`.
    func close() {
        state.withLock { $0.isClosed = true }
        waker.wake()
    }

    /// What the loop has to do next.
    struct Work {
        /// To be started; the loop must report each with `finished`.
        var jobs: [Job]
        /// Waited for a connection until their deadline; to be failed.
        var expired: [Job]
        /// Of jobs in flight.
        var cancelled: Set<UInt64>
        /// When the next waiting job expires; `UInt64.max` when none waits.
        var nextDeadline: UInt64
        /// The client is gone: `jobs` are all that waited, to be failed with those in flight.
        var isClosed: Bool
    }

    func take(_ limit: Int, now: UInt64) -> Work {
        state.withLock { state in
            let expired = state.waiting.filter { $0.deadline <= now }
            state.waiting.removeAll { $0.deadline <= now }
            let count = state.isClosed ? state.waiting.count : min(limit, state.waiting.count)
            let jobs = Array(state.waiting.prefix(count))
            state.waiting.removeFirst(count)
            for job in jobs { state.inFlight.insert(job.id) }
            defer { state.cancelled.removeAll() }
            return Work(
                jobs: jobs,
                expired: expired,
                cancelled: state.cancelled,
                nextDeadline: state.waiting.reduce(.max) { min($0, $1.deadline) },
                isClosed: state.isClosed
            )
        }
    }

    func finished(_ id: UInt64) {
        state.withLock { state in
            state.inFlight.remove(id)
            state.cancelled.remove(id)
        }
    }

    private func enqueue(_ job: Job) {
        let refusal: CurlError? = state.withLock { state in
            let wasCancelled = state.announced.removeValue(forKey: job.id) ?? false
            if wasCancelled || state.isClosed {
                return CurlError(.cancelled, "\(job.name): cancelled")
            }
            if state.waiting.count >= HTTPExchange.queueLimit {
                return CurlError(.queueFull, "\(job.name): \(HTTPExchange.queueLimit) requests are waiting already")
            }
            state.waiting.append(job)
            return nil
        }
        if let refusal {
            job.continuation.resume(returning: .failure(refusal))
        } else {
            waker.wake()
        }
    }

    private func cancel(_ id: UInt64) {
        let waiting: Job? = state.withLock { state in
            if let index = state.waiting.firstIndex(where: { $0.id == id }) { return state.waiting.remove(at: index) }
            if state.announced[id] != nil { state.announced[id] = true }
            if state.inFlight.contains(id) { state.cancelled.insert(id) }
            return nil
        }
        if let waiting {
            waiting.continuation.resume(returning: .failure(CurlError(.cancelled, "\(waiting.name): cancelled")))
        } else {
            waker.wake()
        }
    }
}
