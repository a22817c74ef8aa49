/// How an OTLP request is written; its answer is written so too.
package enum OTLPEncoding: String, Sendable, Hashable {
    case protobuf = "application/x-protobuf"
    case json = "application/json"
}
