import Collectors
import OTLP
import Telemetry
import TestSupport
import Testing

@testable import Web

/// Plimsoll's own readers of Jaeger and Tempo, which are tested against recorded answers, read Plimsoll.
@Suite struct BackendTests {
    private func importer(_ vocabulary: Vocabulary) -> TraceImporter {
        TraceImporter(decoder: ExportDecoder(vocabulary: vocabulary))
    }

    private func expect(_ result: TraceImporter.Result?, is trace: TraceDocument) throws {
        let spans = try #require(result?.batch.spans)
        #expect(result?.rejected == 0)
        #expect(spans.spanID.map { SpanID($0).hex }.sorted() == trace.spans.map(\.spanID).sorted())
        #expect(Set(spans.startNanoseconds.map { $0 / 1_000 }) == Set(trace.spans.map { $0.start / 1_000 }))
        #expect(Set(spans.endNanoseconds.map { $0 / 1_000 }) == Set(trace.spans.map { $0.end / 1_000 }))
        #expect(spans.parentID.count { $0 == 0 } == 1)
        #expect(spans.errorType.count { $0 != .empty } == trace.spans.count { $0.errorType != nil })
    }

    @Test func `Jaeger's reader finds the same spans`() async throws {
        try await FeedServer.serving { feed in
            let backend = JaegerBackend(url: feed.url, client: feed.client, importer: importer(Vocabulary()))
            let trace = SampleMinutes.trace(10, in: 1)
            try expect(try await backend.trace(trace.traceID), is: trace)
            #expect(try await backend.trace(TraceID(high: 1, low: 1)) == nil)
            let found = try await backend.search(
                service: "orders",
                from: SampleMinutes.start,
                to: SampleMinutes.start + 60_000_000_000,
                limit: 100
            )
            #expect(found.map(\.batch.spans.count).reduce(0, +) == 80)
        }
    }

    @Test func `Tempo's reader finds the same spans, as protobuf`() async throws {
        try await FeedServer.serving { feed in
            let backend = TempoBackend(url: feed.url, client: feed.client, importer: importer(Vocabulary()))
            let trace = SampleMinutes.trace(10, in: 1)
            try expect(try await backend.trace(trace.traceID), is: trace)
            #expect(try await backend.trace(TraceID(high: 1, low: 1)) == nil)
            let found = try await backend.search(
                service: "orders",
                from: SampleMinutes.start,
                to: SampleMinutes.start + 59_000_000_000,
                limit: 100
            )
            #expect(found.count == 20)
        }
    }
}
