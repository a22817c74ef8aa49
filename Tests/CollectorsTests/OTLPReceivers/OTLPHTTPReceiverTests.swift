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
    func `an empty export of metrics or logs is a success in its encoding`(path: String, type: String) async throws {
        try await RunningReceiver.with { receiver in
            let response = try await receiver.post([], to: path, type: type)
            #expect(response.status == 200)
            #expect(response.header("Content-Type") == type)
            #expect(response.body == (type == "application/json" ? Array("{}".utf8) : []))
            #expect(receiver.counters.snapshot.requests == 1)
        }
    }

    @Test func `JSON spans, points and records arrive where protobuf ones do`() async throws {
        try await RunningReceiver.with { receiver in
            let trace =
                #"{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0102030405060708090a0b0c0d0e0f10","#
                + #""spanId":"0102030405060708","name":"j"},{"traceId":"","spanId":""}]}]}]}"#
            let response = try await receiver.post(Array(trace.utf8), type: "application/json")
            #expect(response.status == 200)
            let answer = String(decoding: response.body, as: UTF8.self)
            #expect(answer.hasPrefix(#"{"partialSuccess":{"rejectedSpans":"1","errorMessage":"1 span rejected"#))
            #expect(receiver.sink.spans.count == 1)

            let point =
                #"{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"q","gauge":{"dataPoints":"#
                + #"[{"asInt":"7","timeUnixNano":"5"}]}}]}]}]}"#
            try await receiver.expect(200, posting: Array(point.utf8), to: "/v1/metrics", type: "application/json")
            let record =
                #"{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"severityNumber":17,"body":"#
                + #"{"stringValue":"boom"}},{"severityNumber":9}]}]}]}"#
            try await receiver.expect(200, posting: Array(record.utf8), to: "/v1/logs", type: "application/json")
            let others = receiver.sink.others
            #expect(others.points.map(\.value) == [7])
            #expect(others.logs.map(\.severity) == [17])
            let counters = receiver.counters.snapshot
            #expect(counters.acceptedPoints == 1)
            #expect(counters.acceptedLogs == 1)
            #expect(counters.unkeptLogs == 1)
        }
    }
}
