/// Bytes that say themselves how they are compressed: files, and answers of servers that do not say.
enum SelfDescribedBytes {
    /// The bytes decompressed, or as they are when they begin like neither gzip nor zstd.
    ///
    /// `limit` holds for the result.
    static func inflated(_ bytes: [UInt8], limit: Int) throws(InflateError) -> [UInt8] {
        guard let coding = coding(of: bytes) else {
            guard bytes.count <= limit else { throw .tooLarge }
            return bytes
        }
        var decoder = try BodyDecoder(coding)
        var output: [UInt8] = []
        // Telemetry compresses to about a tenth; a bomb is not reserved for.
        output.reserveCapacity(min(limit, bytes.count * 8))
        let result = bytes.withUnsafeBytes { input in
            Result { () throws(InflateError) in
                // The decoders take 32-bit lengths.
                var rest = input[...]
                while !rest.isEmpty {
                    let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(16 << 20))
                    try decoder.decode(piece, into: &output, limit: limit) { _ in true }
                    rest = rest.dropFirst(piece.count)
                }
                try decoder.finish()
            }
        }
        try result.get()
        return output
    }

    private static func coding(of bytes: [UInt8]) -> ContentCoding? {
        if bytes.starts(with: [0x1F, 0x8B]) { return .gzip }
        return bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) ? .zstd : nil
    }
}
