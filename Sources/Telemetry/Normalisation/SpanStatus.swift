/// The status codes of OTLP, with OTLP's numbers.
package enum SpanStatus: UInt8, Sendable, Hashable {
    case unset = 0
    case ok = 1
    case error = 2
}
