/// A file that may be compressed, decompressed piece by piece: what has been used up need not be kept.
struct InflatedPieces: ~Copyable {
    private let bytes: [UInt8]
    private let limit: Int
    private var decoder: BodyDecoder
    private var position = 0
    /// Decompressed so far.
    private var total = 0
    private var isFinished = false

    /// Of what is in the file.
    private static let pieceBytes = 256 << 10

    /// `limit` holds for the decompressed file.
    init(_ bytes: [UInt8], limit: Int) throws(InflateError) {
        self.bytes = bytes
        self.limit = limit
        let coding: ContentCoding =
            bytes.starts(with: [0x1F, 0x8B])
            ? .gzip : bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) ? .zstd : .identity
        decoder = try BodyDecoder(coding)
    }

    /// Appends the next piece to what is left of those before; false at the end of the file.
    mutating func next(into buffer: inout [UInt8]) throws(InflateError) -> Bool {
        guard position < bytes.count else {
            if !isFinished, !bytes.isEmpty { try decoder.finish() }
            isFinished = true
            return false
        }
        let end = min(bytes.count, position + InflatedPieces.pieceBytes)
        let before = buffer.count
        // What was taken out of the buffer counts for the limit too.
        let allowed = before + (limit - total)
        let result = bytes.withUnsafeBytes { all in
            Result { () throws(InflateError) in
                let piece = UnsafeRawBufferPointer(rebasing: all[position..<end])
                try decoder.decode(piece, into: &buffer, limit: allowed) { _ in true }
            }
        }
        try result.get()
        position = end
        total += buffer.count - before
        return true
    }

    /// The whole file at once.
    static func all(of bytes: [UInt8], limit: Int) throws(InflateError) -> [UInt8] {
        var pieces = try InflatedPieces(bytes, limit: limit)
        var buffer: [UInt8] = []
        while try pieces.next(into: &buffer) {}
        return buffer
    }
}
