import OTLP
import Testing

@testable import Exporters

struct PartialSuccessTests {
    @Test func `reads what a receiver writes`() {
        let answer = PartialSuccess(
            response: ExportResponse.success(.traces, .protobuf, rejected: 300, reason: "no span id")
        )
        #expect(answer.rejectedSpans == 300)
        #expect(answer.reason == "no span id")
    }

    @Test func `an empty body is full success`() {
        #expect(PartialSuccess(response: []).rejectedSpans == 0)
    }

    @Test func `a body cut anywhere is read as far as it goes`() {
        let whole = ExportResponse.success(.traces, .protobuf, rejected: 300, reason: "no span id")
        for length in 0..<whole.count {
            // The outer length no longer fits, so nothing inside may be believed.
            #expect(PartialSuccess(response: Array(whole.prefix(length))).rejectedSpans == 0)
        }
    }

    @Test(arguments: UInt64(0)..<64)
    func `bytes that are no answer are full success or a count, never a crash`(seed: UInt64) {
        var random = seed &+ 1
        let body = (0..<200).map { _ in
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: random >> 56)
        }
        // Framed as field 1, so that the walk gets inside.
        let answer = PartialSuccess(response: [0x0A, 0xC8, 0x01] + body)
        #expect(answer.reason.utf8.count <= 3 * body.count)
    }
}
