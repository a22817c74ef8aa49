import Collectors
import Curl
import OTLP
import Telemetry
import Testing

/// A real receiver, asked over HTTP as an SDK does.
@Suite struct OTLPHTTPReceiverTests {
    @Test func `keeps the spans of a valid export`() async throws {
        try await RunningReceiver.with { receiver in
            let body = ExportBodies.valid(3)
            let response = try await receiver.post(body)
            #expect(response.status == 200)
            #expect(response.body.isEmpty, "partial_success must be unset")
            #expect(response.header("Content-Type") == "application/x-protobuf")
            #expect(receiver.sink.spans.count == 3)
            let counters = receiver.counters.snapshot
            #expect(counters.requests == 1)
            #expect(counters.acceptedSpans == 3)
            #expect(counters.wireBytes == body.count)
            #expect(counters.decodedBytes == body.count)
            #expect(counters.refusedRequests == 0)
        }
    }

    @Test func `an empty export is a success`() async throws {
        try await RunningReceiver.with { receiver in
            let response = try await receiver.post([])
            #expect(response.status == 200)
            #expect(response.body.isEmpty)
            #expect(receiver.counters.snapshot.requests == 1)
            #expect(receiver.sink.spans.isEmpty)
        }
    }

    @Test(arguments: [
        "application/x-protobuf", "Application/X-Protobuf", "application/x-protobuf; charset=utf-8",
        "  application/x-protobuf ;a=b",
    ])
    func `reads the content type in any case and with parameters`(type: String) async throws {
        try await RunningReceiver.with { receiver in
            try await receiver.expect(200, posting: ExportBodies.valid(), type: type)
            #expect(receiver.sink.spans.count == 1)
        }
    }

    @Test(arguments: ["/v1/traces", "/v1/traces/", "/v1/traces?tenant=a"])
    func `takes traces at its path`(path: String) async throws {
        try await RunningReceiver.with { receiver in
            try await receiver.expect(200, posting: ExportBodies.valid(), to: path)
            #expect(receiver.sink.spans.count == 1)
        }
    }

    @Test func `answers many exports at once and loses nothing`() async throws {
        try await RunningReceiver.with { receiver in
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<64 {
                    group.addTask {
                        let body = ExportBodies.valid(10)
                        return number.isMultiple(of: 2)
                            ? try await receiver.post(body).status
                            : try await receiver.post(
                                Compressed.gzip(body),
                                headers: [HTTPHeader(name: "Content-Encoding", value: "gzip")]
                            ).status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses == Array(repeating: 200, count: 64))
            #expect(receiver.sink.spans.count == 640)
            #expect(receiver.counters.snapshot.acceptedSpans == 640)
            #expect(receiver.budget.bytesInUse == 0)
        }
    }

    @Test func `reports invalid spans exactly and keeps the others`() async throws {
        try await RunningReceiver.with { receiver in
            var spans = ExportBodies.spans(5)
            spans[1].traceID = TraceID(high: 0, low: 0)
            spans[3].spanID = .none
            let response = try await receiver.post(ExportBodies.encode(spans))
            #expect(response.status == 200)
            let partial = try #require(PartialSuccessMessage(response.body))
            #expect(partial.rejectedSpans == 2)
            #expect(!partial.message.isEmpty)
            #expect(receiver.sink.spans.count == 3)
            #expect(receiver.counters.snapshot.rejectedSpans == 2)
        }
    }

    @Test func `reports spans the sink had no room for`() async throws {
        try await RunningReceiver.with(sink: RecordingSink(capacity: 4)) { receiver in
            let response = try await receiver.post(ExportBodies.valid(10))
            #expect(response.status == 200)
            let partial = try #require(PartialSuccessMessage(response.body))
            #expect(partial.rejectedSpans == 6)
            #expect(partial.message.contains("full"))
            let counters = receiver.counters.snapshot
            #expect(counters.acceptedSpans == 4)
            #expect(counters.droppedSpans == 6)
            #expect(counters.rejectedSpans == 0)
        }
    }

    @Test(arguments: ["/v1/metrics", "/v1/logs"], ["application/x-protobuf", "application/json"])
    func `answers metrics and logs with success and ignores them`(path: String, type: String) async throws {
        try await RunningReceiver.with { receiver in
            let response = try await receiver.post([1, 2, 3], to: path, type: type)
            #expect(response.status == 200)
            #expect(response.header("Content-Type") == type)
            #expect(response.body == (type == "application/json" ? Array("{}".utf8) : []))
            #expect(receiver.counters.snapshot.ignoredRequests == 1)
            #expect(receiver.counters.snapshot.requests == 0)
        }
    }
}
