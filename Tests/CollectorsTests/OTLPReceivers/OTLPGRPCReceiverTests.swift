import Authentication
import Collectors
import Curl
import OTLP
import Telemetry
import Testing

/// A real receiver, asked over gRPC as an SDK does.
@Suite struct OTLPGRPCReceiverTests {
    @Test(arguments: [nil, "gzip", "deflate"])
    func `keeps the spans of a valid export`(encoding: String?) async throws {
        try await RunningGRPCReceiver.with { receiver in
            let body = ExportBodies.valid(3)
            let sent = encoding == "gzip" ? Compressed.gzip(body) : encoding == nil ? body : Compressed.zlib(body)
            let reply = try await receiver.export(sent, encoding: encoding)
            #expect(reply.status == 0)
            #expect(reply.body.isEmpty)
            #expect(receiver.sink.spans.count == 3)
            #expect(receiver.counters.snapshot.acceptedSpans == 3)
            #expect(receiver.counters.snapshot.decodedBytes == body.count)
            #expect(receiver.budget.bytesInUse == 0)
        }
    }

    @Test(arguments: ["trace.v1.TraceService", "metrics.v1.MetricsService", "logs.v1.LogsService"])
    func `an empty export of any signal is a success`(signal: String) async throws {
        try await RunningGRPCReceiver.with { receiver in
            let reply = try await receiver.export([], to: "\(signal)/Export")
            #expect(reply.status == 0)
            #expect(receiver.counters.snapshot.requests == 1)
        }
    }

    @Test func `reports invalid spans exactly and keeps the others`() async throws {
        try await RunningGRPCReceiver.with { receiver in
            var spans = ExportBodies.spans(4)
            spans[2].traceID = TraceID(high: 0, low: 0)
            let reply = try await receiver.export(ExportBodies.encode(spans))
            #expect(reply.status == 0)
            let partial = try #require(PartialSuccessMessage(reply.body))
            #expect(partial.rejectedSpans == 1)
            #expect(!partial.message.isEmpty)
            #expect(receiver.sink.spans.count == 3)
        }
    }

    @Test func `garbage is INVALID_ARGUMENT, and an unknown method UNIMPLEMENTED`() async throws {
        try await RunningGRPCReceiver.with { receiver in
            try await receiver.expect(3, exporting: ExportBodies.garbage)
            try await receiver.expect(12, exporting: [], to: "trace.v1.TraceService/Nope")
            try await receiver.expect(0, exporting: ExportBodies.valid())
            #expect(receiver.counters.snapshot.refused == [.malformed: 1, .unknownPath: 1])
        }
    }

    @Test func `over the limit is RESOURCE_EXHAUSTED, also when it only inflates to that`() async throws {
        try await RunningGRPCReceiver.with(settings: ReceiverSettings(bodyBytes: 10_000)) { receiver in
            let large = [UInt8](repeating: 0, count: 20_000)
            try await receiver.expect(8, exporting: large)
            try await receiver.expect(8, exporting: Compressed.gzip(large), encoding: "gzip")
            try await receiver.expect(0, exporting: ExportBodies.valid())
            #expect(receiver.budget.bytesInUse == 0)
        }
    }

    @Test func `a compression nobody implements is UNIMPLEMENTED`() async throws {
        try await RunningGRPCReceiver.with { receiver in
            try await receiver.expect(12, exporting: ExportBodies.valid(), encoding: "brotli")
            try await receiver.expect(3, exporting: ExportBodies.valid(), encoding: "gzip")
            #expect(receiver.counters.snapshot.refused == [.unsupportedCompression: 1, .malformed: 1])
        }
    }

    @Test func `over the process's budget the client is asked to come back`() async throws {
        try await RunningGRPCReceiver.with(budget: InFlightBudget(limit: 1_000)) { receiver in
            let refused = try await receiver.export(ExportBodies.valid(100))
            #expect(refused.status == 14)
            // "google.rpc.RetryInfo" stands in the details somewhere, so one of its three shifts does in base64.
            #expect(
                ["Z29vZ2xlLnJwYy5SZXRyeUluZm", "dvb2dsZS5ycGMuUmV0cnlJbmZv", "nb29nbGUucnBjLlJldHJ5SW5mb"].contains {
                    refused.details.contains($0)
                }
            )
            try await receiver.expect(0, exporting: ExportBodies.valid())
            #expect(receiver.counters.snapshot.refused == [.overloaded: 1])
        }
    }

    @Test func `only who shows a secret may send`() async throws {
        var settings = ReceiverSettings()
        settings.credentials.given = [.sender("s3cret"), AccessToken(bearer: "reader", name: "r", scopes: [.read])]
        try await RunningGRPCReceiver.with(settings: settings) { receiver in
            try await receiver.expect(16, exporting: ExportBodies.valid())
            let token = HTTPHeader(name: "Authorization", value: "Bearer s3cret")
            try await receiver.expect(0, exporting: ExportBodies.valid(), headers: [token])
            let reader = HTTPHeader(name: "Authorization", value: "Bearer reader")
            try await receiver.expect(7, exporting: ExportBodies.valid(), headers: [reader])
            #expect(receiver.counters.snapshot.refused == [.unauthenticated: 1, .forbidden: 1])
            #expect(receiver.sink.spans.count == 1)
        }
    }
}
