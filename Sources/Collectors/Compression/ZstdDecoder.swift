import CZstd

/// Inflates one zstd body piece by piece and counts what comes out, so that a bomb ends at the limit.
///
/// Made for one request and used by one task. Several frames in a row are one body (RFC 8878).
struct ZstdDecoder: ~Copyable {
    private let stream: OpaquePointer
    private let scratch: UnsafeMutableRawBufferPointer
    private var isAtEnd = false

    private static let scratchBytes = 64 << 10
    /// As the Collector's decoder: a frame may not ask for more than 8 MiB of window, whatever it holds.
    private static let windowLog: Int32 = 23

    init() throws(InflateError) {
        guard let stream = ZSTD_createDStream() else { throw .unavailable }
        self.stream = stream
        scratch = .allocate(byteCount: Self.scratchBytes, alignment: 16)
        ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, Self.windowLog)
    }

    deinit {
        ZSTD_freeDStream(stream)
        scratch.deallocate()
    }

    /// As `Inflater.inflate`.
    mutating func inflate(
        _ input: UnsafeRawBufferPointer,
        into output: inout [UInt8],
        limit: Int,
        reserve: (Int) -> Bool
    ) throws(InflateError) {
        var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
        var isFull = false
        while source.pos < source.size || isFull {
            var target = ZSTD_outBuffer(dst: scratch.baseAddress, size: scratch.count, pos: 0)
            let before = source.pos
            let result = ZSTD_decompressStream(stream, &target, &source)
            guard ZSTD_isError(result) == 0 else { throw .malformed }
            guard target.pos <= limit - output.count else { throw .tooLarge }
            guard target.pos == 0 || reserve(target.pos) else { throw .noRoom }
            output.append(contentsOf: scratch[..<target.pos])
            isAtEnd = result == 0
            isFull = target.pos == target.size
            if source.pos == before, target.pos == 0 { return }
        }
    }

    /// Checks that the body was complete; call once after the last piece.
    func finish() throws(InflateError) {
        guard isAtEnd else { throw .truncated }
    }
}
