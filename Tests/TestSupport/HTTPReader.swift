import Glibc

/// Reads HTTP/1.1 requests from a socket, one after another; understands `Content-Length` only.
struct HTTPReader {
    private let socket: Int32
    private var buffer: [UInt8] = []

    init(socket: Int32) {
        self.socket = socket
    }

    /// `nil` when the peer has closed or sent something that is no request.
    mutating func next() -> LoopbackServer.Request? {
        var end: Int?
        while true {
            end = endOfHead()
            if end != nil { break }
            guard fill() else { return nil }
        }
        guard let end else { return nil }
        let lines = String(decoding: buffer[..<end], as: UTF8.self).split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count == 3 else { return nil }
        var request = LoopbackServer.Request(
            method: String(words[0]),
            target: String(words[1]),
            headers: lines.dropFirst().compactMap(HTTPReader.header),
            body: [],
            connection: 0
        )
        let length = request.header("content-length").flatMap { Int($0) } ?? 0
        while buffer.count < end + 4 + length {
            guard fill() else { return nil }
        }
        request.body = Array(buffer[(end + 4)..<(end + 4 + length)])
        buffer.removeFirst(end + 4 + length)
        return request
    }

    private static func header(_ line: Substring) -> (name: String, value: String)? {
        guard let colon = line.firstIndex(of: ":") else { return nil }
        return (String(line[..<colon]), String(line[line.index(after: colon)...].drop { $0 == " " }))
    }

    private func endOfHead() -> Int? {
        buffer.indices.dropLast(3).first {
            buffer[$0] == 13 && buffer[$0 + 1] == 10 && buffer[$0 + 2] == 13 && buffer[$0 + 3] == 10
        }
    }

    private mutating func fill() -> Bool {
        var chunk = [UInt8](repeating: 0, count: 16 << 10)
        let count = recv(socket, &chunk, chunk.count, 0)
        guard count > 0 else { return false }
        buffer.append(contentsOf: chunk[..<count])
        return true
    }
}
