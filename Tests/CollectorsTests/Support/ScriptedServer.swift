import Foundation
import Glibc
import Synchronization

/// An HTTP server on loopback that gives one connection after another the next of its answers, then closes it.
///
/// After the last answer it repeats that one. Stops when it is released.
final class ScriptedServer: Sendable {
    let port: Int
    private let descriptor: Int32
    private let heads = Mutex<[String]>([])

    /// Requests so far, up to the end of their headers.
    var requests: [String] { heads.withLock { $0 } }

    static func answer(_ status: String, type: String?, _ body: String) -> String {
        let typeLine = type.map { "Content-Type: \($0)\r\n" } ?? ""
        return "HTTP/1.1 \(status)\r\n\(typeLine)Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
    }

    init(_ answers: [String]) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 16) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        guard isListening else { throw RawConnection.Failure(step: "listen", code: errno) }
        descriptor = listener
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [weak self] in
            var number = 0
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                self?.note(Self.readHead(connection))
                let bytes = Array(answers[min(number, answers.count - 1)].utf8)
                _ = send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
                close(connection)
                number += 1
            }
        }
    }

    deinit {
        // Wakes the thread in `accept`, which `close` alone would not.
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }

    private func note(_ head: String) {
        heads.withLock { $0.append(head) }
    }

    private static func readHead(_ connection: Int32) -> String {
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while !received.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            received += buffer[..<count]
        }
        return String(decoding: received, as: UTF8.self)
    }
}
