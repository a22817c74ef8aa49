import Foundation
import TestSupport

/// OTLP JSON of a service `cart` and its database, spread evenly over a stretch of time.
struct CartTraces {
    var version: String
    /// Unix nanoseconds.
    var start: UInt64
    var seconds: Double
    var milliseconds: Double
    var count: Int
    /// Also of the trace ids.
    var seed: UInt64

    var json: String {
        """
        {"resourceSpans":[{"resource":{"attributes":[\
        {"key":"service.name","value":{"stringValue":"cart"}},\
        {"key":"service.version","value":{"stringValue":"\(version)"}}]},\
        "scopeSpans":[{"spans":[\(spans.joined(separator: ","))]}]}]}
        """
    }

    private var spans: [String] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).flatMap { number -> [String] in
            let begin = start + UInt64(seconds * 1e9 * Double(number) / Double(count))
            let length = UInt64(milliseconds * 1e6 * Double.random(in: 0.75...1.3, using: &random))
            let trace = CartTraces.hex(seed, 16) + CartTraces.hex(UInt64(number + 1), 16)
            let root = CartTraces.hex(seed << 32 + UInt64(2 * number + 1), 16)
            let call = CartTraces.hex(seed << 32 + UInt64(2 * number + 2), 16)
            let range = #""startTimeUnixNano":"\#(begin)","endTimeUnixNano":"\#(begin + length)""#
            let inner =
                #""startTimeUnixNano":"\#(begin + 1_000_000)","endTimeUnixNano":"\#(begin + length - 1_000_000)""#
            return [
                #"{"traceId":"\#(trace)","spanId":"\#(root)","name":"GET /cart","kind":2,\#(range)}"#,
                #"{"traceId":"\#(trace)","spanId":"\#(call)","parentSpanId":"\#(root)","name":"SELECT cart","kind":3,\#(inner)}"#,
            ]
        }
    }

    private static func hex(_ number: UInt64, _ digits: Int) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: digits - text.count) + text
    }
}
