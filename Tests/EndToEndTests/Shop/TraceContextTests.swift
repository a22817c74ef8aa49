import Telemetry
import Testing

@testable import shop

struct TraceContextTests {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let span = "00f067aa0ba902b7"

    @Test func `continues a sampled trace`() throws {
        let context = try #require(TraceContext(traceparent: "00-\(Self.trace)-\(Self.span)-01"))
        #expect(context.traceID.hex == Self.trace)
        #expect(context.spanID.hex == Self.span)
        #expect(context.isSampled)
        #expect(context.traceparent == "00-\(Self.trace)-\(Self.span)-01")
    }

    @Test(arguments: [("00", false), ("01", true), ("02", false), ("03", true), ("ff", true)])
    func `only the lowest flag says sampled`(flags: String, isSampled: Bool) throws {
        let context = try #require(TraceContext(traceparent: "00-\(Self.trace)-\(Self.span)-\(flags)"))
        #expect(context.isSampled == isSampled)
    }

    @Test(arguments: ["cc-\(trace)-\(span)-01", "cc-\(trace)-\(span)-01-what", "01-\(trace)-\(span)-01-"])
    func `a later version is read as far as it is known`(text: String) {
        #expect(TraceContext(traceparent: text) != nil)
    }

    @Test(arguments: [
        "", "00", "00-\(trace)-\(span)", "00-\(trace)-\(span)-1", "00-\(trace)-\(span)-01-extra",
        "00-\(trace)-\(span)-01 ", " 00-\(trace)-\(span)-01", "00-\(trace)-\(span)-0g", "ff-\(trace)-\(span)-01",
        "cc-\(trace)-\(span)-01.what", "00-\(trace.uppercased())-\(span)-01", "00_\(trace)-\(span)-01",
        "00-00000000000000000000000000000000-\(span)-01", "00-\(trace)-0000000000000000-01",
        "00-\(trace.dropLast())é-\(span)-01",
    ])
    func `anything else is ignored`(text: String) {
        #expect(TraceContext(traceparent: text) == nil)
    }
}
