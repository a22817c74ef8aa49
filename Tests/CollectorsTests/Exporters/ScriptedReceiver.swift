import Glibc
import Synchronization

/// A receiver on loopback that answers as scripted and keeps every body.
///
/// One thread a connection, blocking sockets: it shares nothing with the code under test.
final class ScriptedReceiver: Sendable {
    /// How to answer one request.
    struct Answer: Sendable {
        var status = 200
        var body: [UInt8] = []
        /// Reads the request and never answers it.
        static let silence = Answer(status: 0)
    }

    private struct State {
        var script: [Answer]
        var bodies: [[UInt8]] = []
        var connections: Set<Int32> = []
        var isClosed = false
    }

    let endpoint: String
    private let listener: Int32
    private let state: Mutex<State>

    /// Answers in the script's order, and with its last entry from then on.
    init(_ script: [Answer] = [Answer()]) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) == 0 && listen(listener, 16) == 0
                    && getsockname(listener, address, &length) == 0
            }
        }
        guard bound else { throw SocketError(number: errno) }
        self.listener = listener
        endpoint = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
        state = Mutex(State(script: script))
        startThread { receiver in receiver.acceptConnections() }
    }

    var bodies: [[UInt8]] { state.withLock { $0.bodies } }

    /// Frees the port, and ends what is open.
    func close() {
        let open = state.withLock { state in
            state.isClosed = true
            return state.connections
        }
        for connection in open { shutdown(connection, Int32(SHUT_RDWR)) }
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private func acceptConnections() {
        while true {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { break }
            let isWelcome = state.withLock { state in
                if !state.isClosed { state.connections.insert(connection) }
                return !state.isClosed
            }
            guard isWelcome else {
                Glibc.close(connection)
                break
            }
            startThread { receiver in receiver.serve(connection) }
        }
        Glibc.close(listener)
    }

    private func serve(_ connection: Int32) {
        var received: [UInt8] = []
        while let body = readBody(connection, &received) {
            let answer = state.withLock { state in
                state.bodies.append(body)
                return state.script.count > 1 ? state.script.removeFirst() : state.script[0]
            }
            guard answer.status > 0 else { continue }
            let head = "HTTP/1.1 \(answer.status) X\r\ncontent-length: \(answer.body.count)\r\n\r\n"
            let bytes = Array(head.utf8) + answer.body
            send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        }
        state.withLock { _ = $0.connections.remove(connection) }
        Glibc.close(connection)
    }

    /// Waits for the next request's body, and leaves what came after it in `received`.
    ///
    /// Returns `nil` at the end of the connection.
    private func readBody(_ connection: Int32, _ received: inout [UInt8]) -> [UInt8]? {
        while true {
            if let head = received.firstRange(of: Array("\r\n\r\n".utf8)) {
                let fields = String(decoding: received[..<head.lowerBound], as: UTF8.self).lowercased()
                let length = fields.split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
                    .flatMap { Int($0.dropFirst("content-length:".count).drop { $0 == " " }) }
                let end = head.upperBound + (length ?? 0)
                if received.count >= end {
                    defer { received.removeFirst(end) }
                    return Array(received[head.upperBound..<end])
                }
            }
            var chunk = [UInt8](repeating: 0, count: 65_536)
            let count = recv(connection, &chunk, chunk.count, 0)
            guard count > 0 else { return nil }
            received += chunk.prefix(count)
        }
    }

    /// Runs `work` on a thread of its own, since it blocks.
    private func startThread(_ work: @escaping @Sendable (ScriptedReceiver) -> Void) {
        let start = Unmanaged.passRetained(ThreadStart { work(self) })
        var thread = pthread_t()
        pthread_create(
            &thread,
            nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<ThreadStart>.fromOpaque(argument).takeRetainedValue().work()
                return nil
            },
            start.toOpaque()
        )
        pthread_detach(thread)
    }
}

private final class ThreadStart: Sendable {
    let work: @Sendable () -> Void

    init(_ work: @escaping @Sendable () -> Void) {
        self.work = work
    }
}

struct SocketError: Error {
    var number: Int32
}
