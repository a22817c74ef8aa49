import OTLP
import Testing

struct ExportResponseTests {
    @Test func `full success is zero bytes`() {
        #expect(ExportResponse.success(.traces, .protobuf, rejected: 0, reason: "").isEmpty)
    }

    @Test func `partial success carries the count and the reason`() {
        let expected: [UInt8] = [0x0A, 0x07, 0x08, 0xAC, 0x02, 0x12, 0x02, 0x6E, 0x6F]
        #expect(ExportResponse.success(.traces, .protobuf, rejected: 300, reason: "no") == expected)
    }

    @Test func `a warning has no count`() {
        #expect(
            ExportResponse.success(.logs, .protobuf, rejected: 0, reason: "hm") == [0x0A, 0x04, 0x12, 0x02, 0x68, 0x6D]
        )
    }

    @Test(arguments: [
        (Signal.traces, 2, "no \"x\"", #"{"partialSuccess":{"rejectedSpans":"2","errorMessage":"no \"x\""}}"#),
        (.metrics, 1, "a\nb", #"{"partialSuccess":{"rejectedDataPoints":"1","errorMessage":"a\u000ab"}}"#),
        (.logs, 0, "hm", #"{"partialSuccess":{"errorMessage":"hm"}}"#), (.logs, 0, "", "{}"),
    ])
    func `JSON counts in strings and leaves out what is nothing`(
        signal: Signal,
        rejected: Int,
        reason: String,
        text: String
    ) {
        let answer = ExportResponse.success(signal, .json, rejected: rejected, reason: reason)
        #expect(String(decoding: answer, as: UTF8.self) == text)
    }

    @Test func `status says when to come again`() {
        let info: [UInt8] = [0x0A, 0x02, 0x08, 0x02]
        let status = ExportResponse.status(code: 14, message: "", retryAfterSeconds: 2)
        #expect(status.suffix(4).elementsEqual(info))
        #expect(String(decoding: status, as: UTF8.self).contains("type.googleapis.com/google.rpc.RetryInfo"))
    }

    @Test func `status carries the code and the message`() {
        #expect(ExportResponse.status(code: 3, message: "bad") == [0x08, 0x03, 0x12, 0x03, 0x62, 0x61, 0x64])
    }

    @Test func `a long message is shortened`() {
        let long = String(repeating: "é", count: 1 << 20)
        #expect(ExportResponse.status(code: 13, message: long).count < 5_000)
    }
}
