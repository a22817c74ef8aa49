import NIOCore

/// The body of one gRPC request on its way in: its length is checked when it is announced, what is compressed is inflated
/// here, within the limit, and a message is passed on whole.
///
/// grpc-swift would do all that, but ends the stream without a status when the limit is passed, which clients take for a
/// cancelled call and repeat; and it copies a message each time that more of it comes.
struct GRPCBody: ~Copyable {
    /// Before each message: whether it is compressed, and its length.
    private static let prefixBytes = 5

    private static let believedBytes = 1 << 20

    private let coding: ContentCoding
    private let limit: Int
    private var prefix = ByteBuffer()
    /// Of the message at hand, still to come.
    private var left = 0
    /// The message so far, when it is not compressed.
    private var message = ByteBuffer()
    private var decoder = BodyDecoder.identity
    private var isInflating = false
    private var inflated: [UInt8] = []

    /// `nil` for a `grpc-encoding` that is not supported.
    init?(encoding: String?, limit: Int) {
        guard let coding = ContentCoding(header: encoding) else { return nil }
        self.coding = coding
        self.limit = limit
    }

    /// Takes what came and gives the messages that are complete with it, each behind its prefix.
    ///
    /// `reserve` is asked before more is held than came; it gets the number of bytes held beside what came.
    mutating func pass(_ bytes: ByteBuffer, reserve: (Int) -> Bool) throws(Refusal) -> ByteBuffer {
        var rest = bytes
        var output = ByteBuffer()
        while rest.readableBytes > 0 {
            if left == 0, try !begin(&rest) { break }
            var piece = rest.readSlice(length: min(left, rest.readableBytes)) ?? ByteBuffer()
            left -= piece.readableBytes
            if isInflating {
                try inflate(piece, reserve: reserve)
                if left == 0 { try end(&output) }
            } else {
                message.writeBuffer(&piece)
                if left == 0 { release(to: &output) }
            }
        }
        return output
    }

    private mutating func release(to output: inout ByteBuffer) {
        if output.readableBytes == 0 { output = message } else { output.writeBuffer(&message) }
        message = ByteBuffer()
    }

    /// Reads on in the prefix; false when there is more to come of it.
    private mutating func begin(_ rest: inout ByteBuffer) throws(Refusal) -> Bool {
        let wanted = Self.prefixBytes - prefix.readableBytes
        guard var piece = rest.readSlice(length: min(wanted, rest.readableBytes)) else { return false }
        prefix.writeBuffer(&piece)
        guard prefix.readableBytes == Self.prefixBytes,
            let flag: UInt8 = prefix.getInteger(at: prefix.readerIndex),
            let length: UInt32 = prefix.getInteger(at: prefix.readerIndex + 1)
        else { return false }
        guard Int(length) <= limit else { throw tooLarge() }
        left = Int(length)
        isInflating = flag == 1 && coding != .identity && left > 0
        if isInflating {
            inflated = []
            do { decoder = try BodyDecoder(coding) } catch { throw refusal(for: error) }
        } else {
            // What is announced need not come, so only so much is believed beforehand.
            message.reserveCapacity(Self.prefixBytes + min(left, Self.believedBytes))
            message.writeImmutableBuffer(prefix)
        }
        prefix.clear()
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

    private mutating func end(_ output: inout ByteBuffer) throws(Refusal) {
        do { try decoder.finish() } catch { throw refusal(for: error) }
        output.writeInteger(UInt8(0))
        output.writeInteger(UInt32(inflated.count))
        output.writeBytes(inflated)
        inflated = []
        isInflating = false
    }

    private func tooLarge() -> Refusal {
        let limit = "\(limit) bytes after decompression"
        return Refusal(reason: .tooLarge, message: "the message is larger than \(limit): send smaller batches")
    }

    private func refusal(for error: InflateError) -> Refusal {
        switch error {
        case .malformed:
            Refusal(reason: .malformed, message: "the message is not what its grpc-encoding says, or is damaged")
        case .truncated: Refusal(reason: .malformed, message: "the compressed message ends in the middle")
        case .tooLarge: tooLarge()
        case .noRoom: .overloaded
        case .unavailable: Refusal(reason: .failed, message: "there is no memory to inflate the message")
        }
    }
}
