import NIOCore
import NIOHPACK
import Testing

/// An HTTP/2 connection to loopback whose frames are written by hand, in any order.
final class RawHTTP2 {
    struct Frame {
        enum Kind: UInt8 { case data, headers, priority, reset, settings, pushPromise, ping, goAway, windowUpdate }

        var kind: Kind?
        var flags: UInt8
        var stream: Int
        var payload: [UInt8]

        var endsStream: Bool { (kind == .data || kind == .headers) && flags & 1 != 0 }
    }

    static let export = "/opentelemetry.proto.collector.trace.v1.TraceService/Export"

    private let connection: RawConnection
    private var decoder = HPACKDecoder(allocator: ByteBufferAllocator())

    /// Greets as a client does, unless something else is to be said first.
    init(port: Int, preface: String = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") async throws {
        connection = try RawConnection(port: port)
        await connection.send(preface)
        await send(.settings, stream: 0)
    }

    func send(_ kind: Frame.Kind, flags: UInt8 = 0, stream: Int, _ payload: [UInt8] = []) async {
        let head = [UInt8(payload.count >> 16), UInt8(payload.count >> 8 & 255), UInt8(payload.count & 255)]
        await connection.send("", head + [kind.rawValue, flags, 0, 0, 0, UInt8(stream)] + payload)
    }

    /// The headers of an export; `changed` replaces, or with an empty value removes, some of them.
    func call(_ stream: Int, changing changed: [String: String] = [:], ends: Bool = false) async {
        let usual = [
            (":method", "POST"), (":scheme", "http"), (":path", RawHTTP2.export), (":authority", "localhost"),
            ("content-type", "application/grpc"), ("te", "trailers"),
        ]
        let headers =
            usual.map { ($0.0, changed[$0.0] ?? $0.1) } + changed.filter { new in !usual.contains { $0.0 == new.key } }
        var block: [UInt8] = []
        for (name, value) in headers where !value.isEmpty {
            // A literal that is not indexed, lengths below 127.
            block += [0, UInt8(name.utf8.count)] + Array(name.utf8) + [UInt8(value.utf8.count)] + Array(value.utf8)
        }
        await send(.headers, flags: ends ? 5 : 4, stream: stream, block)
    }

    func data(_ stream: Int, _ bytes: [UInt8], ends: Bool = false) async {
        await send(.data, flags: ends ? 1 : 0, stream: stream, bytes)
    }

    /// `nil` once the connection has ended.
    func next() async -> Frame? {
        let head = await connection.receive(count: 9)
        guard head.count == 9 else { return nil }
        let payload = await connection.receive(count: Int(head[0]) << 16 | Int(head[1]) << 8 | Int(head[2]))
        return Frame(kind: .init(rawValue: head[3]), flags: head[4], stream: Int(head[8]), payload: payload)
    }

    /// The answer to a call; `nil` when the connection ends, or the stream is reset, before it is complete.
    func reply(to stream: Int) async throws -> GRPCReply? {
        var headers: [(name: String, value: String)] = []
        var data: [UInt8] = []
        while let frame = await next() {
            switch frame.kind {
            case .headers:
                // Those of other streams too: the decoder must see every block.
                var block = ByteBuffer(bytes: frame.payload)
                let decoded = try decoder.decodeHeaders(from: &block)
                if frame.stream == stream { headers += decoded.map { ($0.name, $0.value) } }
            case .data where frame.stream == stream: data += frame.payload
            case .reset where frame.stream == stream: return nil
            default: break
            }
            if frame.stream == stream, frame.endsStream { return GRPCReply(headers: headers, data: data) }
        }
        return nil
    }

    /// Expects the `grpc-status` of the answer to a call.
    func expect(
        _ status: Int,
        on stream: Int,
        _ comment: Comment? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let reply = try await reply(to: stream)
        #expect(reply?.status == status, comment, sourceLocation: sourceLocation)
    }

    /// Expects an answer that is not gRPC.
    func expect(http status: Int, on stream: Int, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let reply = try await reply(to: stream)
        #expect(reply?.httpStatus == status, sourceLocation: sourceLocation)
    }

    /// Reads on to the next frame of a kind; `nil` when the connection ends before.
    func frame(_ kind: Frame.Kind) async -> Frame? {
        while let frame = await next() {
            if frame.kind == kind { return frame }
        }
        return nil
    }
}
