import CLibcurl
import Glibc

/// Runs plain HTTP/1.1 transfers on one thread with nothing between epoll and the sockets.
///
/// What libcurl does for a request over a kept connection costs more than the system calls themselves
/// (`docs/performance.md`), and a generator that is slow measures itself. A slot is a connection; it stays open until
/// the server closes it. Same rules as `TransferLoop`, which chooses between this and libcurl.
///
/// Answers carry the kernel's note of when they came in. So when the next request is due soon, the loop does not wake up
/// for them: it rests until then, reads them, and loses nothing but a wake-up, which is most of what a request costs.
final class PlainLoop {
    private static let eventCapacity = 128
    private static let wakerTag = UInt64.max
    /// The longest that an answer is left unread.
    private static let longestRest: UInt64 = 1_000_000

    /// As in `TransferLoop`.
    private(set) var spunNanoseconds: UInt64 = 0

    private let poll: Int32
    // Never used: the kernel notes arrivals only while some socket wants it to, and takes a moment to begin.
    private let stamper = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    private let waker: LoopWaker
    private let events: UnsafeMutablePointer<epoll_event>
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    private var connections: [PlainConnection] = []
    // What epoll has been told of a slot's socket: the descriptor and the events.
    private var watched: [(socket: Int32, events: UInt32)]
    private var freeSlots: [Int]
    private var ended: [TransferResult] = []
    private var nextEnded = 0
    // Never later than the first deadline of a running request.
    private var earliestDeadline = UInt64.max
    // Whether the last answer was one that may be read later.
    private var answersCanWait = false
    // Slots whose socket epoll watches for writing.
    private var writers = 0

    init(capacity: Int, template: PlainTemplate, waker: LoopWaker) throws(CurlError) {
        poll = epoll_create1(Int32(EPOLL_CLOEXEC))
        self.waker = waker
        events = .allocate(capacity: PlainLoop.eventCapacity)
        connections = (0..<capacity).map { PlainConnection(index: $0, template: template) }
        watched = Array(repeating: (-1, 0), count: capacity)
        freeSlots = (0..<capacity).reversed()
        guard poll >= 0,
            clibcurl_epoll_control(poll, EPOLL_CTL_ADD, waker.descriptor, EPOLLIN.rawValue, PlainLoop.wakerTag) == 0
        else { throw CurlError(.exhausted, "cannot make an epoll descriptor: \(String(cString: strerror(errno)))") }
        _ = clibcurl_stamp_arrivals(stamper)
        // A write to a connection that the server has closed is an error, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
    }

    deinit {
        connections.removeAll()
        if poll >= 0 { close(poll) }
        if stamper >= 0 { close(stamper) }
        events.deallocate()
        buffer.deallocate()
    }

    func takeSlot() -> Int? { freeSlots.popLast() }

    func connection(_ slot: Int) -> PlainConnection { connections[slot] }

    func start(_ slot: Int) {
        let now = MonotonicClock.now()
        let connection = connections[slot]
        settle(connection, connection.start(at: now))
        if connection.isRunning { earliestDeadline = min(earliestDeadline, connection.deadline) }
    }

    func abort(_ slot: Int) {
        connections[slot].stop(closing: true)
        freeSlots.append(slot)
    }

    func turn(until deadline: UInt64, spin: UInt64) {
        expire(at: MonotonicClock.now())
        while nextEnded >= ended.count {
            let now = MonotonicClock.now()
            let sleepEnd = deadline > spin ? min(deadline - spin, earliestDeadline) : 0
            if sleepEnd > now, rest(from: now, until: sleepEnd) {
                // What has come meanwhile is read now.
                if wait(nanoseconds: 0) { break }
                continue
            }
            let timeout = sleepEnd > now ? Int64(clamping: min(sleepEnd - now, 3_600_000_000_000)) : 0
            let wasReady = wait(nanoseconds: timeout)
            let end = MonotonicClock.now()
            expire(at: end)
            if timeout == 0 && !wasReady { spunNanoseconds += end - now }
            if wasReady || end >= deadline { break }
        }
    }

    func nextResult() -> TransferResult? {
        guard nextEnded < ended.count else {
            ended.removeAll(keepingCapacity: true)
            nextEnded = 0
            return nil
        }
        nextEnded += 1
        return ended[nextEnded - 1]
    }

    /// Sleeps without listening to the sockets; false when something may happen there that must be seen at once.
    private func rest(from now: UInt64, until end: UInt64) -> Bool {
        guard answersCanWait, writers == 0, end - now <= PlainLoop.longestRest else { return false }
        clibcurl_sleep_until(end)
        return true
    }

    private func wait(nanoseconds: Int64) -> Bool {
        let count = Int(clibcurl_epoll_wait(poll, events, Int32(PlainLoop.eventCapacity), nanoseconds))
        guard count > 0 else { return false }
        for index in 0..<count {
            let tag = clibcurl_epoll_tag(events + index)
            if tag == PlainLoop.wakerTag {
                waker.reset()
                continue
            }
            let connection = connections[Int(tag)]
            guard connection.isRunning else {
                connection.discard()
                note(connection.index, socket: -1, events: 0)
                continue
            }
            let flags = clibcurl_epoll_events(events + index)
            let step = connection.proceed(
                isReadable: flags & (EPOLLIN.rawValue | EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0,
                isWritable: flags & EPOLLOUT.rawValue != 0,
                buffer: buffer
            )
            answersCanWait = connection.canWait
            settle(connection, step)
        }
        return true
    }

    /// Takes note of an end, or tells epoll what the connection waits for now.
    private func settle(_ connection: PlainConnection, _ step: PlainConnection.Step) {
        switch step {
        case .pending:
            watch(connection)
        case .ended(let failure):
            ended.append(connection.result(failure, at: MonotonicClock.now()))
            connection.stop(closing: failure != nil)
            watch(connection)
            freeSlots.append(connection.index)
        }
    }

    // A kept connection stays registered for reading, so a request on it needs no call at all.
    private func watch(_ connection: PlainConnection) {
        let index = connection.index
        let socket = connection.socket
        guard socket >= 0 else {
            // Closing has taken it out of the set.
            note(index, socket: -1, events: 0)
            return
        }
        let wanted =
            connection.isRunning && connection.wantsToWrite ? EPOLLIN.rawValue | EPOLLOUT.rawValue : EPOLLIN.rawValue
        guard watched[index] != (socket, wanted) else { return }
        // A new connection may have the number of one that was closed: adding tells the two apart.
        let isNew = watched[index].socket != socket
        var code = clibcurl_epoll_control(poll, isNew ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, socket, wanted, UInt64(index))
        if code != 0 {
            code = clibcurl_epoll_control(poll, isNew ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, socket, wanted, UInt64(index))
        }
        if code == 0 { note(index, socket: socket, events: wanted) }
    }

    private func note(_ index: Int, socket: Int32, events: UInt32) {
        if watched[index].events & EPOLLOUT.rawValue != 0 { writers -= 1 }
        if events & EPOLLOUT.rawValue != 0 { writers += 1 }
        watched[index] = (socket, events)
    }

    // Looks at all slots, but only when the first deadline has come.
    private func expire(at now: UInt64) {
        guard now >= earliestDeadline else { return }
        earliestDeadline = .max
        for connection in connections where connection.isRunning {
            if connection.deadline <= now {
                settle(connection, .ended(.timeout))
            } else {
                earliestDeadline = min(earliestDeadline, connection.deadline)
            }
        }
    }
}
