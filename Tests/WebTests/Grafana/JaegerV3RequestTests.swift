import Curl
import Foundation
import Telemetry
import TestSupport
import Testing

@testable import Web

/// The requests of Grafana's Jaeger data source with `jaegerEnableGrpcEndpoint`, and of Jaeger since August 2026.
@Suite struct JaegerV3RequestTests {
    // As Grafana sends them: names of the protobuf fields, times unencoded.
    private let window =
        "query.start_time_min=2026-11-22T00:00:00.000000000Z&query.start_time_max=2026-11-22T00:02:00Z"

    @Test func `the sample begins where the window of these requests does`() {
        #expect(UnixTime.instant("2026-11-22T00:00:00Z") == SampleMinutes.start)
    }

    @Test func `lists services, and operations by kind`() async throws {
        try await FeedServer.serving { feed in
            #expect(try await feed.json("/api/v3/services").body["services"] as? [String] == ["frontend", "orders"])
            let all = try await feed.json("/api/v3/operations?service=orders")
            #expect((all.body["operations"] as? [Any])?.count == 2)
            let served = try await feed.json("/api/v3/operations?service=orders&span_kind=server")
            #expect(
                served.body["operations"] as? [[String: String]]
                    == [["name": "POST /orders/{id}", "spanKind": "server"]]
            )
            #expect(try await feed.json("/api/v3/operations").status == 400)
        }
    }

    @Test func `searches by either spelling of its parameters`() async throws {
        try await FeedServer.serving { feed in
            let snake =
                "/api/v3/traces?query.service_name=frontend&query.operation_name=POST+%2Fcheckout&\(window)"
                + "&query.duration_min=100ms&query.search_depth=5&query.attributes=%7B%22error%22%3A%22true%22%7D"
            let camel = snake.replacing("service_name", with: "serviceName")
                .replacing("operation_name", with: "operationName").replacing("start_time_min", with: "startTimeMin")
                .replacing("start_time_max", with: "startTimeMax").replacing("duration_min", with: "durationMin")
                .replacing("query.search_depth", with: "query.num_traces")
            let answers = [try await feed.get(snake), try await feed.get(camel)]
            #expect(answers.map(\.status) == [200, 200])
            #expect(answers[0].body == answers[1].body)
            let object = try JSONSerialization.jsonObject(with: Data(answers[0].body)) as? [String: Any]
            let result = try #require(object?["result"] as? [String: Any])
            // Four failed traces of two services each.
            #expect((result["resourceSpans"] as? [Any])?.count == 8)
        }
    }

    @Test func `answers a trace as OTLP JSON by hex and by base64`() async throws {
        try await FeedServer.serving { feed in
            let trace = SampleMinutes.trace(10, in: 0)
            var bytes = Data()
            for word in [trace.traceID.high, trace.traceID.low] {
                withUnsafeBytes(of: word.bigEndian) { bytes.append(contentsOf: $0) }
            }
            let base64 = bytes.base64EncodedString().replacing("/", with: "%2F").replacing("+", with: "%2B")
            let byHex = try await feed.get("/api/v3/traces/\(trace.traceID.hex)?startTime=2026-11-22T00:00:00Z")
            let byBase64 = try await feed.get("/api/v3/traces/\(base64)")
            #expect(byHex.status == 200)
            #expect(byHex.body == byBase64.body)
            let object = try JSONSerialization.jsonObject(with: Data(byHex.body)) as? [String: Any]
            let result = try #require(object?["result"] as? [String: Any])
            let groups = try #require(result["resourceSpans"] as? [[String: Any]])
            let scopes = groups.compactMap { ($0["scopeSpans"] as? [[String: Any]])?.first }
            let spans = scopes.flatMap { $0["spans"] as? [[String: Any]] ?? [] }
            #expect(spans.compactMap { $0["spanId"] as? String }.sorted() == trace.spans.map(\.spanID).sorted())
            let root = try #require(spans.first { $0["parentSpanId"] == nil })
            #expect(root["startTimeUnixNano"] as? String == String(trace.spans[0].start))
            #expect(root["kind"] as? Int == 2)
            #expect((root["status"] as? [String: Any])?["code"] as? Int == 2)
        }
    }

    /// As `grpc_client.go` writes them: unencoded behind everything else, of a trace with nothing before it.
    @Test func `a trace by its id takes the window that Grafana sends with it`() async throws {
        try await FeedServer.serving { feed in
            let id = SampleMinutes.trace(3, in: 1).traceID.hex
            let window = "start_time=2026-11-22T00:00:00Z&end_time=2026-11-22T00:02:00.123456789Z"
            for query in ["", "?\(window)", "?rawTraces=true", "?startTime=2026-11-22T00:00:00Z"] {
                let answer = try await feed.get("/api/v3/traces/\(id)\(query)")
                #expect(answer.status == 200, "\(query)")
            }
            let odd = try await feed.get("/api/v3/traces/\(id)?start_time=soon")
            #expect(odd.status == 400)
        }
    }

    @Test func `tells who calls whom within its window`() async throws {
        try await FeedServer.serving { feed in
            let window = "start_time=2026-11-22T00:00:00Z&end_time=2026-11-22T00:02:00Z"
            let answer = try await feed.json("/api/v3/dependencies?\(window)")
            let calls = try #require(answer.body["dependencies"] as? [[String: String]])
            #expect(calls.map { $0["parent"] } == ["frontend"] && calls.map { $0["child"] } == ["orders"])
            #expect((Int(calls.first?["callCount"] ?? "") ?? 0) > 0)
            for query in [
                "", "startTime=2026-11-22T00:00:00Z", "endTime=2026-11-22T00:00:00Z", "start_time=x&end_time=y",
            ] {
                let refused = try await feed.get("/api/v3/dependencies?\(query)")
                #expect(refused.status == 400, "\(query)")
            }
        }
    }

    @Test func `sums traces up`() async throws {
        try await FeedServer.serving { feed in
            let answer = try await feed.json("/api/v3/trace-summaries?\(window)&query.num_traces=2")
            let summaries = try #require(answer.body["summaries"] as? [[String: Any]])
            #expect(summaries.count == 2)
            #expect(summaries.first?["rootServiceName"] as? String == "frontend")
            #expect(summaries.first?["spanCount"] as? Int == 4)
            #expect((summaries.first?["services"] as? [Any])?.count == 2)
        }
    }

    @Test(arguments: [
        ("/api/v3/traces/0af7651916cd43dd8448eb211c80319c", 404), ("/api/v3/traces/nothing", 400),
        ("/api/v3/traces?query.service_name=a", 400), ("/api/v3/trace-summaries", 400),
        ("/api/v3/traces?query.start_time_min=2026-11-22T00:00:00Z&query.start_time_max=2026-11-22T00:02:00Z", 404),
        ("/api/v3/traces?query.start_time_min=now&query.start_time_max=now", 400),
    ])
    func `refuses in the shape of gRPC's gateway`(path: String, status: Int) async throws {
        try await FeedServer.serving(minutes: 0) { feed in
            let answer = try await feed.json(path)
            #expect(answer.status == status)
            let error = try #require(answer.body["error"] as? [String: Any])
            #expect(error["httpCode"] as? Int == status)
            #expect(status != 404 || error["message"] as? String == "No traces found")
        }
    }
}
