import Collectors
import TestSupport
import Testing

@Suite struct SnappyBlockTests {
    @Test func `literals and copies of all sizes come out as they went in`() throws {
        // "Wikipedia is a free, " as in the format's usual example: a literal, then copies of one and two bytes' offset.
        let text = Array("abcdefgh".utf8)
        let literal: [UInt8] = [UInt8(text.count - 1) << 2] + text
        let copy1: [UInt8] = [0b001 | (4 - 4) << 2, 8]  // 4 bytes from 8 back
        let copy2: [UInt8] = [0b10 | (12 - 1) << 2, 4, 0]  // 12 bytes from 4 back: repeats itself
        let copy4: [UInt8] = [0b11 | (2 - 1) << 2, 24, 0, 0, 0]
        let block: [UInt8] = [26] + literal + copy1 + copy2 + copy4
        let output = try SnappyBlock.decompress(block, limit: 100)
        #expect(String(decoding: output, as: UTF8.self) == "abcdefghabcdabcdabcdabcdab")
        let long = [UInt8](repeating: 7, count: 300)
        #expect(try SnappyBlock.decompress([0xAC, 0x02, 61 << 2, 43, 1] + long, limit: 300) == long)
        #expect(try SnappyBlock.decompress([0], limit: 0).isEmpty)
    }

    @Test func `a declared length beyond the limit is refused before anything is allocated`() {
        let bomb: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0x0F]
        #expect(SnappyBlock.declaredLength(of: bomb) == Int(UInt32.max))
        #expect(throws: SnappyBlock.Failure.tooLarge) { try SnappyBlock.decompress(bomb, limit: 64 << 20) }
        // Within the limit, but more than so few bytes can make.
        #expect(throws: SnappyBlock.Failure.malformed) {
            try SnappyBlock.decompress([0x80, 0x80, 0x80, 0x20, 0, 1], limit: .max)
        }
    }

    @Test(arguments: [
        [], [5], [5, 0, 65, 66], [1, 0b001, 0], [1, 0, 65, 0, 65], [4, 0, 65, 0b10 | 2 << 2, 2, 0],
        [0x80, 0x80, 0x80, 0x80, 0x80, 0x80],
    ])
    func `rejects a damaged block`(block: [UInt8]) {
        #expect(throws: SnappyBlock.Failure.malformed) { try SnappyBlock.decompress(block, limit: 1_000) }
    }

    @Test func `no bytes crash it`() {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<20_000 {
            let block = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            let output = try? SnappyBlock.decompress(block, limit: 4_096)
            #expect((output?.count ?? 0) <= 4_096)
        }
    }
}
