import CLibcurl
import Glibc

/// One slot of a `PlainLoop`: its connection, the request it sends, and the answer it reads.
///
/// Owned by the loop's thread.
final class PlainConnection {
    /// What a step of the connection came to.
    enum Step {
        case pending
        case ended(CurlError.Kind?)
    }

    // What fits into any socket's buffer with room to spare: a larger answer must be read as it comes, or it stalls.
    private static let restfulBytes: UInt64 = 16 << 10

    let index: Int
    private(set) var socket: Int32 = -1
    private(set) var isRunning = false
    /// When the request must have ended, `MonotonicClock` nanoseconds.
    private(set) var deadline: UInt64 = 0
    /// Whether an answer like the last could as well be read later: the kernel has noted when it came in, and it is small.
    var canWait: Bool { isStamped && reader.bodyBytes <= PlainConnection.restfulBytes }

    private var isStamped = false
    /// Whether libcurl's words would be "waiting to write": until the request has left altogether.
    var wantsToWrite: Bool { isConnecting || sent < request.count }

    private let template: PlainTemplate
    private var reader = ResponseReader()
    private var request: [UInt8] = []
    private var sent = 0
    private var isConnecting = false
    private var isReused = false
    private var address = 0
    private var opened = 0
    // What the caller has set for the next request.
    private var lines: [[UInt8]]
    private var target: [UInt8]?
    private var isTargetValid = true
    private var body: [UInt8]?
    // Instants of the running request.
    private var startedAt: UInt64 = 0
    private var connectedAt: UInt64 = 0
    private var sentAt: UInt64 = 0
    private var firstByteAt: UInt64 = 0
    private var lastByteAt: UInt64 = 0

    init(index: Int, template: PlainTemplate) {
        self.index = index
        self.template = template
        lines = template.variableLines
    }

    deinit { disconnect() }

    func setHeaderLine(_ index: Int, to line: [UInt8]) {
        lines[index].withContiguousReplacement(line)
    }

    func setURL(_ url: [UInt8]) {
        target = template.target(of: url)
        isTargetValid = target != nil
    }

    func setBody(_ body: [UInt8]) { self.body = body }

    /// Sends the request as far as the socket takes it, over the kept connection or a new one.
    func start(at now: UInt64) -> Step {
        isRunning = true
        startedAt = now
        deadline = now + template.timeout
        opened = 0
        isReused = socket >= 0
        assemble()
        guard isTargetValid else { return .ended(.invalidRequest) }
        reader.start(isHead: template.isHead)
        return isReused ? write(at: now) : connect()
    }

    /// Goes on when epoll says that the socket is ready.
    func proceed(isReadable: Bool, isWritable: Bool, buffer: UnsafeMutableRawBufferPointer) -> Step {
        let now = MonotonicClock.now()
        if wantsToWrite && (isWritable || isConnecting) {
            if isConnecting {
                let code = connectError()
                if code != 0 { return connectionFailed(code) }
                isConnecting = false
                connectedAt = now
            }
            if case .ended(let failure) = write(at: now) { return .ended(failure) }
        }
        return isReadable ? read(into: buffer, at: now) : .pending
    }

    /// Reads what came on a connection that nobody waits for: a close, or junk.
    ///
    /// Either way it is of no further use.
    func discard() { disconnect() }

    /// Gives the request up.
    func stop(closing: Bool) {
        isRunning = false
        if closing { disconnect() }
    }

    /// An answer ended when its last byte came in, anything else `now`.
    func result(_ failure: CurlError.Kind?, at now: UInt64) -> TransferResult {
        let now = failure == nil ? lastByteAt : now
        var phases = TransferPhases()
        if failure == nil {
            phases.wait = firstByteAt - min(firstByteAt, sentAt)
            phases.receive = now - min(now, firstByteAt)
            if opened > 0 { phases.connect = connectedAt - min(connectedAt, startedAt) }
        }
        var result = TransferResult(
            slot: index,
            finishedAt: now,
            status: reader.status,
            failure: failure,
            bytesSent: UInt64(sent),
            bytesReceived: UInt64(reader.headBytes) + reader.bodyBytes,
            connectionsOpened: opened,
            phases: phases
        )
        result.bodyBytes = reader.bodyBytes
        return result
    }

    // MARK: Connecting

    private func connect() -> Step {
        while address < template.addresses.count {
            socket = template.addresses[address].connect()
            opened += 1
            if socket >= 0 {
                isConnecting = true
                return .pending
            }
            let code = errno
            if address + 1 == template.addresses.count { return .ended(PlainConnection.kind(code)) }
            address += 1
        }
        address = 0
        return .ended(.refused)
    }

    private func connectionFailed(_ code: Int32) -> Step {
        disconnect()
        guard address + 1 < template.addresses.count else {
            address = 0
            return .ended(PlainConnection.kind(code))
        }
        address += 1
        return connect()
    }

    private func connectError() -> Int32 {
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(socket, SOL_SOCKET, SO_ERROR, &code, &length)
        return code
    }

    private func disconnect() {
        if socket >= 0 { close(socket) }
        socket = -1
        isConnecting = false
    }

    // MARK: Sending and reading

    private func assemble() {
        sent = 0
        request.removeAll(keepingCapacity: true)
        request.append(contentsOf: template.method)
        request.append(contentsOf: target ?? template.target)
        request.append(contentsOf: template.fixedLines)
        for line in lines {
            request.append(contentsOf: line)
            request.append(0x0D)
            request.append(0x0A)
        }
        let body = body ?? template.body
        if template.sendsLength { request.append(contentsOf: "Content-Length: \(body.count)\r\n".utf8) }
        request.append(0x0D)
        request.append(0x0A)
        request.append(contentsOf: body)
    }

    private func write(at now: UInt64) -> Step {
        while sent < request.count {
            let count = request.withUnsafeBytes { bytes in
                send(socket, bytes.baseAddress.map { $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count < 0 {
                if errno == EINTR { continue }
                if errno == EAGAIN { return .pending }
                return lost(PlainConnection.kind(errno))
            }
            sent += count
        }
        sentAt = now
        return .pending
    }

    private func read(into buffer: UnsafeMutableRawBufferPointer, at now: UInt64) -> Step {
        while true {
            var stamp: Int64 = 0
            let count = clibcurl_receive(socket, buffer.baseAddress, buffer.count, &stamp)
            if count < 0 {
                if errno == EINTR { continue }
                return errno == EAGAIN ? .pending : lost(PlainConnection.kind(errno))
            }
            isStamped = stamp > 0
            let arrival = stamp > 0 ? MonotonicClock.instant(ofUnix: UInt64(stamp)) : now
            // No clock is exact to the nanosecond, and nothing was answered before it was sent.
            lastByteAt = max(arrival, sentAt)
            if count == 0 {
                if reader.ended() {
                    disconnect()
                    return .ended(nil)
                }
                return lost(.reset)
            }
            if !reader.hasBegun { firstByteAt = lastByteAt }
            switch reader.take(UnsafeRawBufferPointer(rebasing: buffer[..<count])) {
            case .incomplete:
                // A short read has emptied the socket.
                if count < buffer.count { return .pending }
            case .complete(let excess):
                if excess > 0 || !reader.keepsAlive || sent < request.count { disconnect() }
                return .ended(nil)
            case .malformed:
                disconnect()
                return .ended(.transport)
            }
        }
    }

    /// The connection is gone.
    ///
    /// A kept one that the server had closed before it saw the request is no failure of the request, which goes out again.
    private func lost(_ kind: CurlError.Kind) -> Step {
        disconnect()
        guard isReused, !reader.hasBegun else { return .ended(kind) }
        isReused = false
        sent = 0
        return connect()
    }

    private static func kind(_ code: Int32) -> CurlError.Kind {
        switch code {
        case ECONNREFUSED: .refused
        case ECONNRESET, EPIPE, ECONNABORTED: .reset
        case ETIMEDOUT: .timeout
        case EMFILE, ENFILE, ENOBUFS, ENOMEM, EADDRNOTAVAIL: .exhausted
        default: .transport
        }
    }
}

extension [UInt8] {
    /// Takes the bytes of another array without giving up its own memory.
    fileprivate mutating func withContiguousReplacement(_ bytes: [UInt8]) {
        removeAll(keepingCapacity: true)
        append(contentsOf: bytes)
    }
}
