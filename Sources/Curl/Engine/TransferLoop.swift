import CLibcurl

/// Runs many transfers on one thread: `curl_multi_socket_action` around one epoll descriptor.
///
/// Where all templates are plain enough to need nothing of libcurl, a `PlainLoop` carries the requests instead.
/// The thread that makes the loop owns it; only its `LoopWaker` may be used by others. The loop never queues: a caller
/// that finds no free slot keeps the request itself. Handles, headers and bodies are kept between requests, so a request
/// on the hot path allocates nothing here.
package final class TransferLoop {
    package let capacity: Int
    /// Nanoseconds spent polling instead of sleeping just before a deadline; CPU time that is no work.
    package var spunNanoseconds: UInt64 { plain?.spunNanoseconds ?? spun }

    private var spun: UInt64 = 0
    private let plain: PlainLoop?
    private let templates: [PreparedTemplate]
    private let sockets: SocketPoll
    private var shards: [TransferShard] = []
    private var transfers: [Transfer] = []
    // Lowest free slot of the lowest shard first, which keeps the set of open connections small.
    private var freeSlots: [[Int]] = []
    private var ended: [TransferResult] = []
    private var nextEnded = 0

    /// Makes a loop for `capacity` transfers at once, at least 1, that all start from one template.
    ///
    /// Without a template the loop is given whole requests. Throws `exhausted` when there is no descriptor or memory left.
    package convenience init(
        capacity: Int,
        template: TransferTemplate?,
        engine: TransferEngine = .fastest,
        waker: LoopWaker
    ) throws(CurlError) {
        try self.init(capacity: capacity, templates: template.map { [$0] } ?? [], engine: engine, waker: waker)
    }

    /// Makes a loop whose transfers start from any of several templates; `use` chooses, the first is the default.
    package init(
        capacity: Int,
        templates: [TransferTemplate],
        engine: TransferEngine = .fastest,
        waker: LoopWaker
    ) throws(CurlError) {
        precondition(capacity > 0, "a loop needs at least one slot")
        let sockets = try SocketPoll(waker: waker)
        self.capacity = capacity
        self.templates = templates.map(PreparedTemplate.init)
        self.sockets = sockets
        let plainTemplate = engine == .fastest && templates.count == 1 ? PlainTemplate(templates[0]) : nil
        if let plainTemplate {
            plain = try PlainLoop(capacity: capacity, template: plainTemplate, waker: waker)
            return
        }
        plain = nil

        for first in stride(from: 0, to: capacity, by: TransferShard.capacity) {
            let shard = try TransferShard(index: shards.count, sockets: sockets)
            shards.append(shard)
            let slots = first..<min(first + TransferShard.capacity, capacity)
            freeSlots.append(slots.reversed())
            for slot in slots { transfers.append(try makeTransfer(slot, in: shard)) }
        }
    }

    deinit {
        // Transfers before the pools they are in, pools before the sockets they close.
        for transfer in transfers { transfer.stop() }
        transfers.removeAll()
        shards.removeAll()
    }

    /// Takes a free slot to prepare and start a transfer in; `nil` when all are busy.
    package func takeSlot() -> Int? {
        if let plain { return plain.takeSlot() }
        for index in freeSlots.indices {
            if let slot = freeSlots[index].popLast() { return slot }
        }
        return nil
    }

    /// Makes a taken slot ready for a template, by its index; before anything special to the request is set.
    package func use(template index: Int, in slot: Int) {
        // A plain loop has one template only.
        guard plain == nil else { return }
        transfers[slot].use(templates[index])
    }

    package func setHeaderLine(_ index: Int, of slot: Int, to line: [UInt8]) {
        if let plain { return plain.connection(slot).setHeaderLine(index, to: line) }
        transfers[slot].setHeaderLine(index, to: line)
    }

    /// Replaces the URL; UTF-8 without a terminating zero.
    package func setURL(of slot: Int, to url: [UInt8]) {
        if let plain { return plain.connection(slot).setURL(url) }
        transfers[slot].setURL(url)
    }

    package func setBody(of slot: Int, to body: [UInt8]) {
        if let plain { return plain.connection(slot).setBody(body) }
        transfers[slot].setBody(copying: body)
    }

    /// Replaces the template's own cookies: the value of a `Cookie` header.
    package func setCookieHeader(of slot: Int, to value: [UInt8]) {
        // A template with cookies is never plain.
        guard plain == nil else { return }
        transfers[slot].easy.set(CURLOPT_COOKIE, String(decoding: value, as: UTF8.self))
    }

    /// Forgets the cookies that answers to this slot have set and puts these in their place: lines of an earlier
    /// `CapturedAnswer.cookies`.
    package func setCookies(of slot: Int, to lines: [String]) {
        guard plain == nil else { return }
        transfers[slot].easy.set(CURLOPT_COOKIELIST, "ALL")
        for line in lines { transfers[slot].easy.set(CURLOPT_COOKIELIST, line) }
    }

    /// Starts the transfer in a taken slot; its bytes leave with the next `turn`.
    ///
    /// Throws when libcurl has no memory; the slot is then free again.
    package func start(_ slot: Int) throws(CurlError) {
        if let plain { return plain.start(slot) }
        do throws(CurlError) {
            try transfers[slot].start()
        } catch {
            release(slot)
            throw error
        }
    }

    /// Ends a running transfer without a result and frees its slot.
    package func abort(_ slot: Int) {
        if let plain { return plain.abort(slot) }
        transfers[slot].stop()
        release(slot)
    }

    /// Works until a transfer has ended, the waker was used or the deadline has come, whichever is first.
    ///
    /// - Parameters:
    ///   - deadline: `MonotonicClock` nanoseconds.
    ///   - spin: how long before the deadline to poll instead of sleep, since a sleeping thread wakes up late.
    package func turn(until deadline: UInt64, spin: UInt64 = 0) {
        if let plain { return plain.turn(until: deadline, spin: spin) }
        expireTimers()
        while nextEnded >= ended.count {
            let timer = shards.reduce(UInt64.max) { min($0, $1.deadline) }
            let now = MonotonicClock.now()
            let sleepEnd = deadline > spin ? min(deadline - spin, timer) : 0
            let timeout = sleepEnd > now ? Int64(clamping: min(sleepEnd - now, 3_600_000_000_000)) : 0
            let wasReady = sockets.wait(nanoseconds: timeout) { event in
                let shard = shards[event.shard]
                shard.perform(socket: event.socket, mask: event.mask)
                collect(shard)
            }
            expireTimers()
            let end = MonotonicClock.now()
            if timeout == 0 && !wasReady && timer > end { spun += end - now }
            if wasReady || end >= deadline { break }
        }
    }

    /// Transfers that have ended since, in the order libcurl reported them; their slots are free again.
    package func nextResult() -> TransferResult? {
        if let plain { return plain.nextResult() }
        guard nextEnded < ended.count else {
            ended.removeAll(keepingCapacity: true)
            nextEnded = 0
            return nil
        }
        nextEnded += 1
        return ended[nextEnded - 1]
    }

    /// The transfer of a slot, for the client that reads whole answers.
    func transfer(_ slot: Int) -> Transfer { transfers[slot] }

    private func expireTimers() {
        for shard in shards where shard.deadline != .max && shard.deadline <= MonotonicClock.now() {
            shard.expire()
            collect(shard)
        }
    }

    private func collect(_ shard: TransferShard) {
        while let (slot, code) = shard.nextEnded() {
            let transfer = transfers[slot]
            var result = transfer.result(code: code, at: MonotonicClock.now())
            transfer.stop()
            if code == CURLE_OK {
                switch transfer.redirect(result) {
                case .none: break
                case .refused: result.refusedRedirect = true
                case .followed:
                    if (try? transfer.run()) != nil { continue }
                    result.failure = .exhausted
                }
            }
            ended.append(transfer.hops.total(with: result))
            release(slot)
        }
    }

    private func release(_ slot: Int) {
        freeSlots[slot / TransferShard.capacity].append(slot)
    }

    private func makeTransfer(_ slot: Int, in shard: TransferShard) throws(CurlError) -> Transfer {
        let transfer = try Transfer(index: slot, shard: shard, sockets: sockets)
        if let template = templates.first { transfer.use(template) }
        return transfer
    }
}
