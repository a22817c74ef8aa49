import Collectors
import GRPCCore
import Telemetry
import Testing

/// A real receiver, asked over gRPC as an SDK does.
@Suite struct OTLPGRPCReceiverTests {
    private func code(_ call: () async throws -> [UInt8]) async -> RPCError.Code? {
        do {
            _ = try await call()
            return nil
        } catch {
            return (error as? RPCError)?.code
        }
    }

    @Test(arguments: [nil, .gzip, .deflate] as [CompressionAlgorithm?])
    func `keeps the spans of a valid export`(compression: CompressionAlgorithm?) async throws {
        try await RunningGRPCReceiver.with { receiver in
            #expect(try await receiver.export(ExportBodies.valid(3), compression: compression).isEmpty)
            #expect(receiver.sink.spans.count == 3)
            #expect(receiver.counters.snapshot.acceptedSpans == 3)
            #expect(receiver.counters.snapshot.decodedBytes == ExportBodies.valid(3).count)
        }
    }

    @Test(arguments: ["trace.v1.TraceService", "metrics.v1.MetricsService", "logs.v1.LogsService"])
    func `an empty export of any signal is a success`(signal: String) async throws {
        try await RunningGRPCReceiver.with { receiver in
            #expect(try await receiver.export([], to: signal).isEmpty)
            #expect(receiver.counters.snapshot.requests == 1)
        }
    }

    @Test func `reports invalid spans exactly and keeps the others`() async throws {
        try await RunningGRPCReceiver.with { receiver in
            var spans = ExportBodies.spans(4)
            spans[2].traceID = TraceID(high: 0, low: 0)
            let partial = try #require(PartialSuccessMessage(try await receiver.export(ExportBodies.encode(spans))))
            #expect(partial.rejectedSpans == 1)
            #expect(!partial.message.isEmpty)
            #expect(receiver.sink.spans.count == 3)
        }
    }

    @Test func `garbage is INVALID_ARGUMENT, and an unknown method UNIMPLEMENTED`() async throws {
        try await RunningGRPCReceiver.with { receiver in
            #expect(await code { try await receiver.export(ExportBodies.garbage) } == .invalidArgument)
            #expect(await code { try await receiver.export([], method: "Nope") } == .unimplemented)
            #expect(try await receiver.export(ExportBodies.valid()).isEmpty)
            #expect(receiver.counters.snapshot.refused == [.malformed: 1])
        }
    }

    @Test func `over the limit is RESOURCE_EXHAUSTED, also when it only inflates to that`() async throws {
        try await RunningGRPCReceiver.with(settings: ReceiverSettings(bodyBytes: 10_000)) { receiver in
            let large = [UInt8](repeating: 0, count: 20_000)
            #expect(await code { try await receiver.export(large) } == .resourceExhausted)
            #expect(await code { try await receiver.export(large, compression: .gzip) } == .resourceExhausted)
            #expect(try await receiver.export(ExportBodies.valid()).isEmpty)
        }
    }

    @Test func `over the process's budget the client is asked to come back`() async throws {
        try await RunningGRPCReceiver.with(budget: InFlightBudget(limit: 1_000)) { receiver in
            do {
                _ = try await receiver.export(ExportBodies.valid(100))
                Issue.record("taken over the budget")
            } catch let error as RPCError {
                #expect(error.code == .unavailable)
                let details = error.metadata[binaryValues: "grpc-status-details-bin"].first { _ in true } ?? []
                #expect(String(decoding: details, as: UTF8.self).contains("google.rpc.RetryInfo"))
            }
            #expect(try await receiver.export(ExportBodies.valid()).isEmpty)
            #expect(receiver.counters.snapshot.refused == [.overloaded: 1])
        }
    }

    @Test func `only who shows a secret may send`() async throws {
        var settings = ReceiverSettings()
        settings.access = Access(bearerTokens: ["s3cret"])
        try await RunningGRPCReceiver.with(settings: settings) { receiver in
            #expect(await code { try await receiver.export(ExportBodies.valid()) } == .unauthenticated)
            let token: Metadata = ["authorization": "Bearer s3cret"]
            #expect(try await receiver.export(ExportBodies.valid(), metadata: token).isEmpty)
            #expect(receiver.counters.snapshot.refused == [.unauthenticated: 1])
            #expect(receiver.sink.spans.count == 1)
        }
    }
}
