import OTLP
import Telemetry

/// Bodies of trace exports.
enum ExportBodies {
    static func spans(_ count: Int, traceID: TraceID = TraceID(high: 7, low: 7)) -> [ExportSpan] {
        (0..<count).map { number in
            ExportSpan(
                traceID: traceID,
                spanID: SpanID(UInt64(number + 1)),
                parentID: .none,
                name: "GET /cart",
                kind: .server,
                startNanoseconds: 1_700_000_000_000_000_000,
                endNanoseconds: 1_700_000_000_005_000_000,
                attributes: []
            )
        }
    }

    static func encode(_ spans: [ExportSpan]) -> [UInt8] {
        TraceEncoder.encode(spans, resource: [("service.name", .string("shop"))], scope: "test")
    }

    static func valid(_ count: Int = 1) -> [UInt8] { encode(spans(count)) }

    /// No protobuf message starts like this: tag 15 with the reserved wire type 7.
    static let garbage: [UInt8] = [0xff, 0xff, 0xff, 0xff] + Array("garbage".utf8)
}
