import Foundation
import HTTPTypes
import Hummingbird
import OTLP
import Telemetry

/// A trace by its id as Tempo answers it: protobuf for who accepts it.
enum TempoTrace {
    static let mediaType = "application/protobuf"

    /// Whether the request is Tempo's: Grafana's Tempo data source accepts protobuf, its Jaeger data source does not.
    static func isWanted(by request: Request) -> Bool {
        request.headers[.accept]?.lowercased().contains(mediaType) ?? false
    }

    /// `GET /api/traces/{id}`: a bare `Trace`.
    static func response(_ id: String, from lookups: TraceLookups) async throws -> Response {
        try await TempoAnswer.response { protobuf(TraceEncoder.encode(try await lookups.trace(id))) }
    }

    /// `GET /api/v2/traces/{id}`: a `TraceByIDResponse`, whose field 1 is the trace; status 0 is "complete".
    static func wrappedResponse(_ id: String, from lookups: TraceLookups) async throws -> Response {
        try await TempoAnswer.response { protobuf(TraceEncoder.encodeAnswer(try await lookups.trace(id))) }
    }

    private static func protobuf(_ bytes: [UInt8]) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: mediaType],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }
}
