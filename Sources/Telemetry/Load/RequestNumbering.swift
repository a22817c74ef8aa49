/// Turns request numbers into trace ids and span ids and back, without a table.
///
/// The high half of a trace id is the run's random prefix; the low half is a keyed bijection of the request number,
/// so it looks random (W3C Trace Context level 2, random flag) and still gives the number back.
package struct RequestNumbering: Sendable, Hashable {
    package let prefix: UInt64
    package let key: UInt64

    /// - Parameters:
    ///   - prefix: random, must not be zero.
    ///   - key: random.
    package init(prefix: UInt64, key: UInt64) {
        precondition(prefix != 0, "a zero prefix could give the invalid all-zero trace id")
        self.prefix = prefix
        self.key = key
    }

    package func traceID(of number: UInt64) -> TraceID {
        TraceID(high: prefix, low: RequestNumbering.mix(number ^ key))
    }

    /// The id of the generator's own client span, the parent of the target's first span.
    ///
    /// Never zero.
    package func spanID(of number: UInt64) -> SpanID {
        let mixed = RequestNumbering.mix(number &+ RequestNumbering.mix(key))
        return SpanID(mixed == 0 ? 1 : mixed)
    }

    /// `nil` for a trace id of another run or of nobody we know.
    package func number(of traceID: TraceID) -> UInt64? {
        guard traceID.high == prefix else { return nil }
        return RequestNumbering.unmix(traceID.low) ^ key
    }

    /// The `traceparent` header value: version 00, sampled and random flags set.
    package func traceparent(of number: UInt64) -> String {
        "00-\(traceID(of: number).hex)-\(spanID(of: number).hex)-03"
    }

    // The finaliser of SplitMix64 (Steele, Lea, Flood 2014): xor-shifts and odd multiplications, each invertible.
    private static func mix(_ value: UInt64) -> UInt64 {
        var x = value
        x = (x ^ (x >> 30)) &* 0xBF58_476D_1CE4_E5B9
        x = (x ^ (x >> 27)) &* 0x94D0_49BB_1331_11EB
        return x ^ (x >> 31)
    }

    private static func unmix(_ value: UInt64) -> UInt64 {
        var x = value
        x = (x ^ (x >> 31) ^ (x >> 62)) &* 0x3196_42B2_D24D_8EC3
        x = (x ^ (x >> 27) ^ (x >> 54)) &* 0x96DE_1B17_3F11_9089
        return x ^ (x >> 30) ^ (x >> 60)
    }
}
