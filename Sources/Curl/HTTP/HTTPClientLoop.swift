/// The thread of an `HTTPClient`: takes jobs, runs them, hands answers back.
///
/// Every job taken is resumed exactly once, here.
struct HTTPClientLoop: ~Copyable {
    private let exchange: HTTPExchange
    private let loop: TransferLoop
    private var running: [Int: HTTPExchange.Job] = [:]

    static func run(_ exchange: HTTPExchange, connections: Int) {
        do throws(CurlError) {
            var client = HTTPClientLoop(
                exchange: exchange,
                loop: try TransferLoop(capacity: connections, template: nil, waker: exchange.waker)
            )
            client.run()
        } catch {
            exchange.close()
            for job in exchange.take(0, now: 0).jobs { job.continuation.resume(returning: .failure(error)) }
        }
    }

    private init(exchange: HTTPExchange, loop: TransferLoop) {
        self.exchange = exchange
        self.loop = loop
    }

    private mutating func run() {
        while true {
            let work = exchange.take(loop.capacity - running.count, now: MonotonicClock.now())
            abort { work.isClosed || work.cancelled.contains($0.id) }
            for job in work.expired { expire(job) }
            for job in work.jobs {
                if work.isClosed {
                    fail(job, CurlError(.cancelled, "\(job.name): cancelled"))
                } else {
                    start(job)
                }
            }
            if work.isClosed { return }
            // Woken for new jobs, cancellations and the end.
            loop.turn(until: work.nextDeadline)
            while let result = loop.nextResult() { finish(result) }
        }
    }

    private mutating func start(_ job: HTTPExchange.Job) {
        let now = MonotonicClock.now()
        guard now < job.deadline, let slot = loop.takeSlot() else {
            return expire(job)
        }
        loop.transfer(slot).apply(job.request, remaining: .nanoseconds(Int64(clamping: job.deadline - now)))
        do throws(CurlError) {
            try loop.start(slot)
            running[slot] = job
        } catch {
            fail(job, CurlError(error.kind, "\(job.name): \(error.description)"))
        }
    }

    private mutating func finish(_ result: TransferResult) {
        guard let job = running.removeValue(forKey: result.slot) else { return }
        let transfer = loop.transfer(result.slot)
        let capture = transfer.capture
        transfer.capture = nil
        if let kind = result.failure {
            let words =
                kind == .tooLarge
                ? "the answer is longer than \(job.request.maximumResponseBytes) bytes" : transfer.errorDescription
            fail(job, CurlError(kind, "\(job.name): \(words.isEmpty ? kind.rawValue : words)"))
        } else {
            let response = HTTPResponse(
                status: result.status,
                headers: capture?.headers ?? [],
                body: capture?.body ?? []
            )
            exchange.finished(job.id)
            job.continuation.resume(returning: .success(response))
        }
    }

    private mutating func abort(where isOver: (HTTPExchange.Job) -> Bool) {
        for (slot, job) in running where isOver(job) {
            running[slot] = nil
            loop.abort(slot)
            fail(job, CurlError(.cancelled, "\(job.name): cancelled"))
        }
    }

    private func expire(_ job: HTTPExchange.Job) {
        fail(job, CurlError(.timeout, "\(job.name): no free connection within \(job.request.timeout)"))
    }

    private func fail(_ job: HTTPExchange.Job, _ error: CurlError) {
        exchange.finished(job.id)
        job.continuation.resume(returning: .failure(error))
    }
}
