import NIOCore

/// The one message of a unary gRPC call on its way in: its length is checked when it is announced, and what is compressed
/// is inflated as it comes, within the limit.
struct GRPCMessage: ~Copyable {
    /// Before the message: whether it is compressed, and its length.
    private static let prefixBytes = 5

    /// What is announced need not come, so only so much room is made beforehand.
    private static let believedBytes = 1 << 20

    private let coding: ContentCoding
    private let limit: Int
    private var prefix = ByteBuffer()
    /// Whether the prefix is complete.
    private var hasBegun = false
    /// Still to come.
    private var left = 0
    private var plain = ByteBuffer()
    private var decoder = BodyDecoder.identity
    private var isInflating = false
    private var inflated: [UInt8] = []

    /// `limit` holds for the message as it comes and as it is inflated.
    init(coding: ContentCoding, limit: Int) {
        self.coding = coding
        self.limit = limit
    }

    /// Takes what came.
    ///
    /// `reserve` is asked before more is held than came; it gets the number of bytes held beside what came.
    mutating func take(_ bytes: ByteBuffer, reserve: (Int) -> Bool) throws(Refusal) {
        var rest = bytes
        if !hasBegun, try !begin(&rest) { return }
        guard rest.readableBytes <= left else { throw .notOneMessage("another one came") }
        guard rest.readableBytes > 0 else { return }
        left -= rest.readableBytes
        if isInflating {
            try inflate(rest, reserve: reserve)
        } else if plain.readableBytes == 0, left == 0 {
            plain = rest
        } else {
            if plain.readableBytes == 0 { plain.reserveCapacity(min(left + rest.readableBytes, Self.believedBytes)) }
            plain.writeBuffer(&rest)
        }
    }

    /// Checks that the message is complete, and calls `body` with it, inflated.
    consuming func finish<Value>(
        _ body: (UnsafeRawBufferPointer) throws(Refusal) -> Value
    ) throws(Refusal) -> Value {
        guard hasBegun || prefix.readableBytes > 0 else { throw .notOneMessage("none came") }
        guard hasBegun, left == 0 else {
            throw Refusal(reason: .malformed, message: "the message was cut off: the call ended within it")
        }
        guard isInflating else { return try ReceivedBody.plain(plain).withBytes(body) }
        do { try decoder.finish() } catch { throw refusal(for: error) }
        return try ReceivedBody.inflated(inflated).withBytes(body)
    }

    /// Reads on in the prefix; false when there is more to come of it.
    private mutating func begin(_ rest: inout ByteBuffer) throws(Refusal) -> Bool {
        let wanted = Self.prefixBytes - prefix.readableBytes
        guard var piece = rest.readSlice(length: min(wanted, rest.readableBytes)) else { return false }
        prefix.writeBuffer(&piece)
        guard let flag: UInt8 = prefix.getInteger(at: prefix.readerIndex),
            let length: UInt32 = prefix.getInteger(at: prefix.readerIndex + 1)
        else { return false }
        guard Int(length) <= limit else { throw .tooLarge("message", limit: limit) }
        guard flag == 0 || flag == 1 && coding != .identity else {
            // The status is what gRPC's rules of compression ask for.
            throw Refusal(
                reason: .malformed,
                message: "the message says that it is compressed, but the call names no grpc-encoding",
                grpcStatus: 13
            )
        }
        left = Int(length)
        hasBegun = true
        isInflating = flag == 1 && length > 0
        if isInflating {
            do { decoder = try BodyDecoder(coding) } catch { throw refusal(for: error) }
        }
        return true
    }

    private mutating func inflate(_ piece: ByteBuffer, reserve: (Int) -> Bool) throws(Refusal) {
        var held = inflated.count
        do {
            try piece.withUnsafeReadableBytes { input throws(InflateError) in
                try decoder.decode(input, into: &inflated, limit: limit) { count in
                    held += count
                    return reserve(held)
                }
            }
        } catch {
            throw refusal(for: error)
        }
    }

    private func refusal(for error: InflateError) -> Refusal {
        .of(error, "message", header: "grpc-encoding", limit: limit)
    }
}

extension Refusal {
    /// gRPC has a status of its own for a unary call of any other number of messages.
    fileprivate static func notOneMessage(_ found: String) -> Refusal {
        Refusal(reason: .malformed, message: "an export is one message; \(found)", grpcStatus: 12)
    }
}
