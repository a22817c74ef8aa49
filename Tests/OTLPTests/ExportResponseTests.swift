import OTLP
import Testing

struct ExportResponseTests {
    @Test func `full success is zero bytes`() {
        #expect(ExportResponse.success(rejectedSpans: 0, reason: "").isEmpty)
    }

    @Test func `partial success carries the count and the reason`() {
        let expected: [UInt8] = [0x0A, 0x07, 0x08, 0xAC, 0x02, 0x12, 0x02, 0x6E, 0x6F]
        #expect(ExportResponse.success(rejectedSpans: 300, reason: "no") == expected)
    }

    @Test func `a warning has no count`() {
        #expect(ExportResponse.success(rejectedSpans: 0, reason: "hm") == [0x0A, 0x04, 0x12, 0x02, 0x68, 0x6D])
    }

    @Test func `status carries the code and the message`() {
        #expect(ExportResponse.status(code: 3, message: "bad") == [0x08, 0x03, 0x12, 0x03, 0x62, 0x61, 0x64])
    }

    @Test func `a long message is shortened`() {
        let long = String(repeating: "é", count: 1 << 20)
        #expect(ExportResponse.status(code: 13, message: long).count < 5_000)
    }
}
