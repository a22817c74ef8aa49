import Telemetry

/// Where in which trace a request is: W3C Trace Context, with the headers that travel along unread.
struct TraceContext: Sendable, Hashable {
    var traceID: TraceID
    var spanID: SpanID
    var isSampled: Bool
    /// `tracestate`, passed on as it came.
    var state: String?
    /// `baggage`, passed on as it came.
    var baggage: String?

    init(traceID: TraceID, spanID: SpanID, isSampled: Bool, state: String? = nil, baggage: String? = nil) {
        self.traceID = traceID
        self.spanID = spanID
        self.isSampled = isSampled
        self.state = state
        self.baggage = baggage
    }

    /// Reads a `traceparent` header; `nil` means it must be ignored and a new trace begins.
    ///
    /// Strict as W3C wants: lower-case hex only, no zero ids, version `ff` never, version `00` with nothing behind it
    /// and later versions with only `-…` behind the part that is known.
    init?(traceparent text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 55, bytes[2] == Self.dash, bytes[35] == Self.dash, bytes[52] == Self.dash else {
            return nil
        }
        guard
            let version = Self.number(bytes[0..<2]), version != 0xff,
            let high = Self.number(bytes[3..<19]),
            let low = Self.number(bytes[19..<35]),
            let span = Self.number(bytes[36..<52]),
            let flags = Self.number(bytes[53..<55])
        else { return nil }
        guard bytes.count == 55 || (version > 0 && bytes[55] == Self.dash) else { return nil }
        let trace = TraceID(high: high, low: low)
        guard trace.isValid, span != 0 else { return nil }
        self.init(traceID: trace, spanID: SpanID(span), isSampled: flags & 1 == 1)
    }

    var traceparent: String { "00-\(traceID.hex)-\(spanID.hex)-\(isSampled ? "01" : "00")" }

    private static let dash = UInt8(ascii: "-")

    private static func number(_ digits: ArraySlice<UInt8>) -> UInt64? {
        var value: UInt64 = 0
        for digit in digits {
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt64(digit - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt64(digit - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
        return value
    }
}
