import Glibc

/// Finds out why a port cannot be listened on, by trying.
enum ListeningProbe {
    /// `nil` when the port can be taken, or when the host is no IPv4 address, so that whoever binds has to say.
    static func failure(host: String, port: Int) -> ReceiverError? {
        guard port > 0 else { return nil }
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var reuse: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(truncatingIfNeeded: port)).bigEndian
        guard inet_pton(AF_INET, host, &address.sin_addr) == 1 else { return nil }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result != 0 else { return nil }
        switch errno {
        case EADDRINUSE: return .portInUse(port)
        case EACCES: return .portNotAllowed(port)
        default: return .cannotListen(port: port, reason: String(cString: strerror(errno)))
        }
    }
}
