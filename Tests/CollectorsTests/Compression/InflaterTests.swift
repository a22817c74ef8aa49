import Testing

@testable import Collectors

@Suite struct InflaterTests {
    private let text = Array(String(repeating: "the quick brown fox ", count: 20_000).utf8)

    /// Feeds `input` in pieces of `size` bytes.
    private func inflate(
        _ input: [UInt8],
        _ coding: ContentCoding,
        pieces size: Int = 4_096,
        limit: Int = 1 << 20,
        reserve: (Int) -> Bool = { _ in true }
    ) throws -> [UInt8] {
        var inflater = try Inflater(coding)
        var output: [UInt8] = []
        for start in stride(from: 0, to: input.count, by: size) {
            let piece = Array(input[start..<min(start + size, input.count)])
            try piece.withUnsafeBytes { bytes in
                try inflater.inflate(bytes, into: &output, limit: limit, reserve: reserve)
            }
        }
        try inflater.finish()
        return output
    }

    @Test(arguments: [1, 7, 4_096, 1 << 20])
    func `gives back what was compressed, in pieces of any size`(size: Int) throws {
        #expect(try inflate(Compressed.gzip(text), .gzip, pieces: size) == text)
        #expect(try inflate(Compressed.zlib(text), .deflate, pieces: size) == text)
    }

    @Test func `several gzip members are one body`() throws {
        let members = Compressed.gzip(Array(text[..<100])) + Compressed.gzip(Array(text[100...]))
        #expect(try inflate(members, .gzip) == text)
        #expect(try inflate(members, .gzip, pieces: 1) == text)
    }

    @Test func `a bomb ends at the limit`() throws {
        let bomb = Compressed.gzip([UInt8](repeating: 0, count: 4 << 20))
        #expect(bomb.count < 8_192)
        #expect(throws: InflateError.tooLarge) { try inflate(bomb, .gzip, limit: (4 << 20) - 1) }
        #expect(try inflate(bomb, .gzip, limit: 4 << 20).count == 4 << 20)
    }

    @Test func `asks for room before it grows`() throws {
        var granted = 0
        #expect(throws: InflateError.noRoom) {
            try inflate(Compressed.gzip(text), .gzip) { count in
                granted += count
                return granted <= 100_000
            }
        }
        #expect(granted < text.count)
    }

    @Test func `a body cut anywhere is truncated`() throws {
        let whole = Compressed.gzip(Array(text[..<500]))
        for end in 1..<whole.count {
            #expect(throws: InflateError.truncated) { try inflate(Array(whole[..<end]), .gzip) }
        }
    }

    @Test func `damage, the wrong format and trailing bytes are malformed`() {
        var damaged = Compressed.gzip(text)
        damaged[damaged.count - 6] ^= 0xff
        #expect(throws: InflateError.malformed) { try inflate(damaged, .gzip) }
        #expect(throws: InflateError.malformed) { try inflate(text, .gzip) }
        #expect(throws: InflateError.malformed) { try inflate(Compressed.zlib(text), .gzip) }
        #expect(throws: InflateError.malformed) { try inflate(Compressed.gzip(text), .deflate) }
        #expect(throws: InflateError.malformed) { try inflate(Compressed.gzip(text) + [1, 2, 3], .gzip) }
        #expect(throws: InflateError.malformed) { try inflate(Compressed.zlib(text) + [0], .deflate) }
    }

    @Test(arguments: [
        (nil, ContentCoding.identity), ("", .identity), ("identity", .identity), ("GZIP", .gzip), ("x-gzip", .gzip),
        ("deflate", .deflate), ("zlib", .deflate),
    ])
    func `reads a Content-Encoding`(header: String?, coding: ContentCoding) {
        #expect(ContentCoding(header: header) == coding)
    }

    @Test(arguments: ["br", "lzma", "gzip, gzip", "gzip;q=1"])
    func `refuses a Content-Encoding it does not know`(header: String) {
        #expect(ContentCoding(header: header) == nil)
    }
}
