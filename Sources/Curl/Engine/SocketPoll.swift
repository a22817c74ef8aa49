import CLibcurl
import Glibc

/// Owns an epoll descriptor and knows which sockets are in it.
///
/// A connection that goes idle between two requests stays registered: taking it out and putting it back would cost two
/// system calls a request. Only sockets that we opened are kept so, because only for those libcurl tells us of the close.
final class SocketPoll {
    private struct Entry {
        var registered: UInt32 = 0
        var wanted: UInt32 = 0
        var shard = -1
        var isOurs = false
    }

    /// One ready socket, as libcurl wants to be told.
    struct Event {
        var shard: Int
        var socket: Int32
        var mask: Int32
    }

    private static let capacity = 128
    private static let wakerTag = UInt64.max

    private let descriptor: Int32
    private let waker: LoopWaker
    private let buffer: UnsafeMutablePointer<epoll_event>
    private var entries = [Entry](repeating: Entry(), count: 256)

    init(waker: LoopWaker) throws(CurlError) {
        let descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard descriptor >= 0 else {
            throw CurlError(.exhausted, "cannot make an epoll descriptor: \(String(cString: strerror(errno)))")
        }
        guard
            clibcurl_epoll_control(
                descriptor,
                EPOLL_CTL_ADD,
                waker.descriptor,
                EPOLLIN.rawValue,
                SocketPoll.wakerTag
            ) == 0
        else {
            Glibc.close(descriptor)
            throw CurlError(.exhausted, "cannot watch the wake-up descriptor: \(String(cString: strerror(errno)))")
        }
        self.descriptor = descriptor
        self.waker = waker
        buffer = .allocate(capacity: SocketPoll.capacity)
    }

    deinit {
        Glibc.close(descriptor)
        buffer.deallocate()
    }

    /// Opens a socket for libcurl; -1 with `errno` set when the machine refuses.
    func open(family: Int32, type: Int32, protocol number: Int32) -> Int32 {
        let socket = Glibc.socket(family, type | Int32(SOCK_CLOEXEC.rawValue), number)
        if socket >= 0 { withEntry(socket) { $0 = Entry(isOurs: true) } }
        return socket
    }

    /// Closes a socket for libcurl; the kernel takes it out of the epoll set.
    func close(socket: Int32) -> Int32 {
        withEntry(socket) { $0 = Entry() }
        return Glibc.close(socket)
    }

    /// What libcurl's socket callback says it waits for on a socket.
    func watch(_ socket: Int32, for interest: Int32, shard: Int) {
        let wanted: UInt32 =
            switch interest {
            case CURL_POLL_IN: EPOLLIN.rawValue
            case CURL_POLL_OUT: EPOLLOUT.rawValue
            case CURL_POLL_INOUT: EPOLLIN.rawValue | EPOLLOUT.rawValue
            default: 0
            }
        withEntry(socket) { entry in
            entry.wanted = wanted
            if wanted == 0 {
                if !entry.isOurs { unregister(socket, &entry) }
            } else if entry.registered != wanted || entry.shard != shard {
                let operation = entry.registered == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD
                let tag = UInt64(UInt32(shard)) << 32 | UInt64(UInt32(socket))
                if clibcurl_epoll_control(descriptor, operation, socket, wanted, tag) == 0 {
                    entry.registered = wanted
                    entry.shard = shard
                }
            }
        }
    }

    /// Waits for sockets or the waker, `nanoseconds` at most, and hands each ready socket to `body`.
    ///
    /// - Returns: whether anything was ready.
    func wait(nanoseconds: Int64, _ body: (Event) -> Void) -> Bool {
        let count = Int(clibcurl_epoll_wait(descriptor, buffer, Int32(SocketPoll.capacity), nanoseconds))
        guard count > 0 else { return false }
        for index in 0..<count {
            let tag = clibcurl_epoll_tag(buffer + index)
            if tag == SocketPoll.wakerTag {
                waker.reset()
                continue
            }
            let socket = Int32(truncatingIfNeeded: tag)
            let isWanted = withEntry(socket) { entry in
                // An idle connection with news was closed by the server; libcurl finds out when it next wants it.
                if entry.wanted == 0 { unregister(socket, &entry) }
                return entry.wanted != 0
            }
            guard isWanted else { continue }
            let events = clibcurl_epoll_events(buffer + index)
            body(Event(shard: Int(tag >> 32), socket: socket, mask: SocketPoll.mask(of: events)))
        }
        return true
    }

    private static func mask(of events: UInt32) -> Int32 {
        var mask: Int32 = 0
        if events & (EPOLLIN.rawValue | EPOLLHUP.rawValue) != 0 { mask |= CURL_CSELECT_IN }
        if events & EPOLLOUT.rawValue != 0 { mask |= CURL_CSELECT_OUT }
        if events & EPOLLERR.rawValue != 0 { mask |= CURL_CSELECT_ERR }
        return mask
    }

    private func unregister(_ socket: Int32, _ entry: inout Entry) {
        guard entry.registered != 0 else { return }
        _ = clibcurl_epoll_control(descriptor, EPOLL_CTL_DEL, socket, 0, 0)
        entry.registered = 0
    }

    private func withEntry<Value>(_ socket: Int32, _ body: (inout Entry) -> Value) -> Value {
        let index = Int(socket)
        if index >= entries.count {
            entries.append(contentsOf: repeatElement(Entry(), count: max(index + 1, entries.count * 2) - entries.count))
        }
        return body(&entries[index])
    }
}
