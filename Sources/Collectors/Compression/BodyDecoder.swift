/// Undoes one `Content-Encoding`, piece by piece.
enum BodyDecoder: ~Copyable {
    case identity
    case zlib(Inflater)
    case zstd(ZstdDecoder)

    init(_ coding: ContentCoding) throws(InflateError) {
        switch coding {
        case .identity: self = .identity
        case .gzip, .deflate: self = .zlib(try Inflater(coding))
        case .zstd: self = .zstd(try ZstdDecoder())
        }
    }

    /// Appends what `input` decodes to, so long as `output` holds at most `limit` bytes.
    ///
    /// `reserve` is asked before `output` grows by that many bytes; `false` ends with `InflateError.noRoom`.
    mutating func decode(
        _ input: UnsafeRawBufferPointer,
        into output: inout [UInt8],
        limit: Int,
        reserve: (Int) -> Bool
    ) throws(InflateError) {
        switch consume self {
        case .identity:
            self = .identity
            guard input.count <= limit - output.count else { throw .tooLarge }
            guard reserve(input.count) else { throw .noRoom }
            output.append(contentsOf: input)
        case .zlib(var inflater):
            let result = Result { () throws(InflateError) in
                try inflater.inflate(input, into: &output, limit: limit, reserve: reserve)
            }
            self = .zlib(inflater)
            try result.get()
        case .zstd(var decoder):
            let result = Result { () throws(InflateError) in
                try decoder.inflate(input, into: &output, limit: limit, reserve: reserve)
            }
            self = .zstd(decoder)
            try result.get()
        }
    }

    /// Checks that the body was complete; call once after the last piece of a body that is not empty.
    borrowing func finish() throws(InflateError) {
        switch self {
        case .identity: break
        case .zlib(let inflater): try inflater.finish()
        case .zstd(let decoder): try decoder.finish()
        }
    }
}
