import CZlib

/// Inflates one gzip or zlib body piece by piece and counts what comes out, so that a bomb ends at the limit.
///
/// Made for one request and used by one task. Several gzip members in a row are one body (RFC 1952).
struct Inflater: ~Copyable {
    // zlib keeps the address of the stream in its own state, so it must not move.
    private let stream: UnsafeMutablePointer<z_stream>
    private let scratch: UnsafeMutableRawBufferPointer
    private let acceptsMembers: Bool
    private var isAtEnd = false

    private static let scratchBytes = 64 << 10

    /// Throws `InflateError.unavailable` when zlib has no memory; `coding` is `.gzip` or `.deflate`.
    init(_ coding: ContentCoding) throws(InflateError) {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 is the largest window; 16 more selects the gzip header.
        guard czlib_inflate_init(stream, coding == .gzip ? 15 + 16 : 15) == Z_OK else {
            stream.deallocate()
            throw .unavailable
        }
        self.stream = stream
        scratch = .allocate(byteCount: Self.scratchBytes, alignment: 16)
        acceptsMembers = coding == .gzip
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        scratch.deallocate()
    }

    /// Appends what `input` inflates to, so long as `output` holds at most `limit` bytes.
    ///
    /// `reserve` is asked before `output` grows by that many bytes; `false` ends with `InflateError.noRoom`.
    mutating func inflate(
        _ input: UnsafeRawBufferPointer,
        into output: inout [UInt8],
        limit: Int,
        reserve: (Int) -> Bool
    ) throws(InflateError) {
        guard let start = input.baseAddress, !input.isEmpty else { return }
        stream.pointee.next_in = UnsafeMutablePointer(mutating: start.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(input.count)
        defer { stream.pointee.next_in = nil }
        repeat {
            if isAtEnd { try startNextMember() }
            stream.pointee.next_out = scratch.baseAddress?.assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_out = UInt32(scratch.count)
            let code = CZlib.inflate(stream, Z_NO_FLUSH)
            // Z_BUF_ERROR only says that there was nothing left to do.
            guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else { throw .malformed }
            let produced = scratch.count - Int(stream.pointee.avail_out)
            guard produced <= limit - output.count else { throw .tooLarge }
            guard produced == 0 || reserve(produced) else { throw .noRoom }
            output.append(contentsOf: scratch[..<produced])
            isAtEnd = code == Z_STREAM_END
        } while stream.pointee.avail_in > 0 || (stream.pointee.avail_out == 0 && !isAtEnd)
    }

    /// Checks that the body was complete; call once after the last piece.
    func finish() throws(InflateError) {
        guard isAtEnd else { throw .truncated }
    }

    private mutating func startNextMember() throws(InflateError) {
        guard acceptsMembers, inflateReset(stream) == Z_OK else { throw .malformed }
        isAtEnd = false
    }
}
