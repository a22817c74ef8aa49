import Correlation
import Foundation
import Telemetry
import TestSupport
import Testing

@testable import Baselines

@Suite struct BlobFuzzTests {
    @Test func `any byte of a window may be wrong without more than an error`() throws {
        var generator = SeededGenerator(seed: 11)
        let window = SyntheticWindows.window(start: 60, operations: 3, spans: 10, paths: 4, using: &generator)
        let whole = WindowBlob.bytes(window).bytes
        #expect(try whole.withUnsafeBytes { try WindowBlob.window(at: 60, $0) } == window)
        var refused = 0
        for _ in 0..<3_000 {
            let broken = Self.broken(whole, using: &generator)
            do {
                let read = try broken.withUnsafeBytes { try WindowBlob.window(at: 60, $0) }
                // What passes can be written again: nothing in it is out of range.
                #expect(!WindowBlob.bytes(read).bytes.isEmpty)
            } catch {
                refused += 1
            }
        }
        #expect(refused > 1_000)
    }

    @Test func `any byte of a trace may be wrong without more than an error`() throws {
        var generator = SeededGenerator(seed: 13)
        let document = SampleTraces.document(4, start: 1_700_000_000_000_000_000)
        let whole = TraceBlob.bytes(document).bytes
        #expect(try whole.withUnsafeBytes { try TraceBlob.document(document.traceID, $0) } == document)
        var refused = 0
        for _ in 0..<3_000 {
            let broken = Self.broken(whole, using: &generator)
            do {
                _ = try broken.withUnsafeBytes { try TraceBlob.document(document.traceID, $0) }
            } catch {
                refused += 1
            }
        }
        #expect(refused > 1_000)
    }

    @Test func `a promise of a billion items makes nobody reserve them`() {
        var writer = BlobWriter()
        writer.byte(1)
        for _ in 0..<4 { writer.number(0) }
        writer.number(1_000_000)
        #expect(throws: BlobDamage.self) {
            try writer.bytes.withUnsafeBytes { try WindowBlob.window(at: 0, $0) }
        }
    }

    @Test func `a blob of a later version is refused as that`() throws {
        let error = #expect(throws: BlobDamage.self) {
            try [UInt8(9)].withUnsafeBytes { try WindowBlob.window(at: 0, $0) }
        }
        #expect(try #require(error).description.contains("format is 9"))
    }

    private static func broken(_ bytes: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
        var broken = bytes
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            broken[Int.random(in: 0..<broken.count, using: &generator)] = .random(in: 0...255, using: &generator)
        }
        if Int.random(in: 0..<4, using: &generator) == 0 {
            broken.removeLast(Int.random(in: 1...broken.count, using: &generator))
        }
        return broken
    }
}
