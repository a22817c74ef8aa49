import Foundation
import Glibc
import Synchronization

/// A small scripted HTTP/1.1 server on a loopback port of the system's choice; one thread a connection.
///
/// Stop it when the test is over: its threads and sockets live until then.
package final class LoopbackServer: Sendable {
    /// What the server does with one request.
    package enum Reply: Sendable {
        case answer(
            status: Int = 200,
            body: [UInt8] = Array("ok".utf8),
            headers: [String] = [],
            after: Duration = .zero
        )
        /// No answer until the server stops.
        case hang
        /// The connection is torn down with a TCP reset.
        case reset
        /// The connection is closed without an answer.
        case close
        /// These bytes, whatever they are, and then a close.
        case raw([UInt8])
    }

    package struct Request: Sendable {
        package var method: String
        package var target: String
        package var headers: [(name: String, value: String)]
        package var body: [UInt8]
        /// Counts the server's connections from 0.
        package var connection: Int

        /// The first value of a header, names compared without case.
        package func header(_ name: String) -> String? {
            headers.first { $0.name.lowercased() == name.lowercased() }?.value
        }
    }

    private struct State {
        var requests: [Request] = []
        var connections: [Int32] = []
        var accepted = 0
        var frozenUntil = ContinuousClock.now
        var isStopped = false
    }

    /// Why the server could not start.
    package struct SocketError: Error {
        package var call: String
        package var code: Int32
    }

    package let port: Int
    private let listener: Int32
    private let handler: @Sendable (Request) -> Reply
    private let state = Mutex(State())

    package init(_ handler: @escaping @Sendable (Request) -> Reply = { _ in .answer() }) throws {
        let (listener, port) = try LoopbackServer.listen()
        self.listener = listener
        self.port = port
        self.handler = handler
        Thread.detachNewThread { [self] in accept() }
    }

    /// Without a trailing slash.
    package var url: String { "http://127.0.0.1:\(port)" }

    /// Every request read so far, in the order read.
    package var requests: [Request] { state.withLock { $0.requests } }

    package var connectionCount: Int { state.withLock { $0.accepted } }

    /// Answers nothing for a while; requests that come in are answered afterwards.
    package func freeze(for duration: Duration) {
        state.withLock { $0.frozenUntil = ContinuousClock.now + duration }
    }

    /// Closes everything.
    package func stop() {
        let open = state.withLock { state in
            state.isStopped = true
            return state.connections
        }
        shutdown(listener, Int32(SHUT_RDWR))
        for connection in open { shutdown(connection, Int32(SHUT_RDWR)) }
    }

    /// A loopback port that refuses connections.
    package static func closedPort() throws -> Int {
        let (socket, port) = try listen()
        close(socket)
        return port
    }

    private static func listen() throws -> (socket: Int32, port: Int) {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { throw SocketError(call: "socket", code: errno) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(socket, address, length) == 0 && Glibc.listen(socket, 1024) == 0
                    && getsockname(socket, address, &length) == 0
            }
        }
        guard isBound else {
            let code = errno
            close(socket)
            throw SocketError(call: "bind", code: code)
        }
        return (socket, Int(UInt16(bigEndian: address.sin_port)))
    }

    private func accept() {
        while true {
            let connection = Glibc.accept(listener, nil, nil)
            guard connection >= 0 else { break }
            let number: Int? = state.withLock { state in
                guard !state.isStopped else { return nil }
                state.connections.append(connection)
                state.accepted += 1
                return state.accepted - 1
            }
            guard let number else {
                close(connection)
                break
            }
            var one: Int32 = 1
            setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
            Thread.detachNewThread { [self] in
                serve(connection, number)
                state.withLock { $0.connections.removeAll { $0 == connection } }
                close(connection)
            }
        }
        close(listener)
    }

    private func serve(_ connection: Int32, _ number: Int) {
        var reader = HTTPReader(socket: connection)
        while var request = reader.next() {
            request.connection = number
            state.withLock { $0.requests.append(request) }
            let reply = handler(request)
            waitWhileFrozen()
            switch reply {
            case .answer(let status, let body, let headers, let delay):
                if delay > .zero { usleep(UInt32(delay / .microseconds(1))) }
                let lines = ["HTTP/1.1 \(status) Reason", "Content-Length: \(body.count)"] + headers
                let head = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
                guard send(head + (request.method == "HEAD" ? [] : body), connection) else { return }
            case .hang:
                while !state.withLock({ $0.isStopped }) { usleep(5000) }
                return
            case .reset:
                var option = linger(l_onoff: 1, l_linger: 0)
                setsockopt(connection, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
                return
            case .close:
                return
            case .raw(let bytes):
                _ = send(bytes, connection)
                return
            }
        }
    }

    private func waitWhileFrozen() {
        while true {
            let rest = state.withLock { $0.isStopped ? .zero : $0.frozenUntil - ContinuousClock.now }
            guard rest > .zero else { return }
            usleep(UInt32(min(rest, .milliseconds(5)) / .microseconds(1)) + 1)
        }
    }

    private func send(_ bytes: [UInt8], _ connection: Int32) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }
}
