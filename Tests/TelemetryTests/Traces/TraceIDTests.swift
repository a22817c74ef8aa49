import Foundation
import Telemetry
import Testing

struct TraceIDTests {
    @Test func `reads and writes 32 hex digits`() throws {
        let id = try #require(TraceID(hex: "00F0e1d2c3b4a5968778695a4b3c2d1e"))
        #expect(id.hex == "00f0e1d2c3b4a5968778695a4b3c2d1e")
        #expect(id == TraceID(high: 0x00F0_E1D2_C3B4_A596, low: 0x8778_695A_4B3C_2D1E))
    }

    @Test(arguments: [
        "", "1", String(repeating: "g", count: 32), String(repeating: "1", count: 33),
        "+" + String(repeating: "1", count: 31),
    ])
    func `refuses anything else`(text: String) {
        #expect(TraceID(hex: text) == nil)
    }

    @Test func `the zero id is invalid`() {
        #expect(!TraceID(high: 0, low: 0).isValid)
        #expect(TraceID(high: 0, low: 1).isValid)
        #expect(!SpanID.none.isValid)
    }

    @Test func `orders by both halves`() {
        #expect(TraceID(high: 1, low: 9) < TraceID(high: 2, low: 0))
        #expect(TraceID(high: 1, low: 1) < TraceID(high: 1, low: 2))
    }

    @Test func `survives JSON and refuses bad JSON`() throws {
        let id = TraceID(high: 7, low: 9)
        let data = try JSONEncoder().encode([id])
        #expect(try JSONDecoder().decode([TraceID].self, from: data) == [id])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([TraceID].self, from: Data("[\"xyz\"]".utf8)) }
    }

    @Test func `span ids keep their leading zeros`() {
        #expect(SpanID(0xAB).hex == "00000000000000ab")
    }
}
