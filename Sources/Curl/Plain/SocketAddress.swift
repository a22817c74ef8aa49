import CLibcurl
import Glibc

/// An IP address with its port, as `connect` takes it.
struct SocketAddress {
    private var storage: sockaddr_storage
    private let length: socklen_t
    let family: Int32

    /// `nil` for text that is no numeric address; IPv6 may stand in brackets.
    init?(_ numeric: String, port: Int) {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        let host = numeric.hasPrefix("[") ? String(numeric.dropFirst().dropLast()) : numeric
        guard getaddrinfo(host, String(port), &hints, &list) == 0, let list else { return nil }
        defer { freeaddrinfo(list) }
        guard let address = list.pointee.ai_addr else { return nil }
        storage = sockaddr_storage()
        length = list.pointee.ai_addrlen
        family = list.pointee.ai_family
        withUnsafeMutableBytes(of: &storage) { bytes in
            bytes.copyMemory(from: UnsafeRawBufferPointer(start: address, count: min(Int(length), bytes.count)))
        }
    }

    /// Opens a socket that blocks nobody and starts to connect it; -1 with `errno` set when the machine refuses.
    func connect() -> Int32 {
        let flags = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let socket = Glibc.socket(family, flags, 0)
        guard socket >= 0 else { return -1 }
        var one: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        // Where the kernel cannot, answers count as having come when they are read.
        _ = clibcurl_stamp_arrivals(socket)
        let code = withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.connect(socket, $0, length) }
        }
        guard code != 0, errno != EINPROGRESS else { return socket }
        let reason = errno
        close(socket)
        errno = reason
        return -1
    }
}
