import Foundation
import Glibc

/// A TCP connection to loopback that sends exactly the bytes it is told, however wrong they are.
///
/// Its calls block, so each runs on a thread of its own: the receiver needs the cooperative pool, and Dispatch is slow
/// to replace a thread that is blocked.
final class RawConnection: Sendable {
    struct Failure: Error {
        var step: String
        var code: Int32
    }

    private let descriptor: Int32

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(step: "socket", code: errno) }
        // No test waits for ever; a receiver that answers nothing shows as an empty answer.
        var timeout = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        // The end of this object closes the descriptor, now as later.
        guard result == 0 else { throw Failure(step: "connect", code: errno) }
    }

    deinit {
        close(descriptor)
    }

    func send(_ text: String, _ body: [UInt8] = []) async {
        let bytes = Array(text.utf8) + body
        await onThread { [descriptor] in
            var sent = 0
            while sent < bytes.count {
                let count = bytes[sent...].withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { return }
                sent += count
            }
        }
    }

    /// Everything up to `ending`, or up to the end of the connection.
    func receive(until ending: String = "") async -> String {
        await onThread { [descriptor] in
            var received: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 4_096)
            while true {
                let count = recv(descriptor, &buffer, buffer.count, 0)
                guard count > 0 else { break }
                received += buffer[..<count]
                if !ending.isEmpty, received.count >= ending.utf8.count,
                    received.suffix(ending.utf8.count).elementsEqual(ending.utf8)
                {
                    break
                }
            }
            return String(decoding: received, as: UTF8.self)
        }
    }

    /// So many bytes, or fewer at the end of the connection.
    func receive(count: Int) async -> [UInt8] {
        guard count > 0 else { return [] }
        return await onThread { [descriptor] in
            var bytes = [UInt8](repeating: 0, count: count)
            var received = 0
            while received < count {
                let got = bytes.withUnsafeMutableBytes {
                    recv(descriptor, $0.baseAddress! + received, count - received, 0)
                }
                guard got > 0 else { break }
                received += got
            }
            return Array(bytes.prefix(received))
        }
    }

    private func onThread<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: work()) }
        }
    }
}
