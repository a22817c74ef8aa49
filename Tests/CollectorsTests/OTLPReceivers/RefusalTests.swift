import Authentication
import Collectors
import Curl
import Telemetry
import Testing

/// What a receiver answers when it does not take a request: the status, and a message that helps.
@Suite struct RefusalTests {
    private func status(of response: HTTPResponse) throws -> StatusMessage {
        #expect(response.header("Content-Type") == "application/x-protobuf")
        let status = try #require(StatusMessage(response.body), "the body is not a google.rpc.Status")
        #expect(!status.message.isEmpty)
        return status
    }

    @Test func `garbage is refused and the receiver lives on`() async throws {
        try await RunningReceiver.with { receiver in
            let response = try await receiver.post(ExportBodies.garbage)
            #expect(response.status == 400)
            #expect(try status(of: response).code == 3)
            try await receiver.expect(200, posting: ExportBodies.valid())
            #expect(receiver.counters.snapshot.refused == [.malformed: 1])
            #expect(receiver.sink.spans.count == 1)
        }
    }

    @Test(arguments: ["/", "/v1/trace", "/v1/traces/v1/traces", "/v1development/profiles", "/v1/nope"])
    func `an unknown path says where traces go`(path: String) async throws {
        try await RunningReceiver.with { receiver in
            let response = try await receiver.post(ExportBodies.valid(), to: path)
            #expect(response.status == 404)
            let message = try status(of: response).message
            #expect(message.contains("http://127.0.0.1:\(receiver.port)/v1/traces"))
            #expect(message.contains("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"))
            #expect(receiver.counters.snapshot.refused == [.unknownPath: 1])
        }
    }

    @Test(arguments: ["GET", "PUT", "OPTIONS", "DELETE"])
    func `another method is told to post`(method: String) async throws {
        try await RunningReceiver.with { receiver in
            let response = try await receiver.post([], method: method)
            #expect(response.status == 405)
            #expect(response.header("Allow") == "POST")
            #expect(try status(of: response).code == 12)
        }
    }

    @Test(arguments: ["text/plain", "application/grpc", ""])
    func `another content type is told which to send`(type: String) async throws {
        try await RunningReceiver.with { receiver in
            let response = try await receiver.post(ExportBodies.valid(), type: type)
            #expect(response.status == 415)
            #expect(try status(of: response).message.contains("application/x-protobuf"))
            #expect(receiver.counters.snapshot.refused == [.unsupportedMediaType: 1])
        }
    }

    @Test func `a refusal of JSON is in JSON`() async throws {
        try await RunningReceiver.with { receiver in
            let response = try await receiver.post(Array("{]".utf8), type: "application/json; charset=utf-8")
            #expect(response.status == 400)
            #expect(response.header("Content-Type") == "application/json")
            #expect(String(decoding: response.body, as: UTF8.self).hasPrefix(#"{"code":3,"message":""#))
        }
    }

    @Test func `an unknown compression is told which to set`() async throws {
        try await RunningReceiver.with { receiver in
            let header = HTTPHeader(name: "Content-Encoding", value: "br")
            let response = try await receiver.post(ExportBodies.valid(), headers: [header])
            #expect(response.status == 415)
            #expect(response.header("Accept-Encoding") == "gzip, deflate, zstd, identity")
            #expect(try status(of: response).message.contains("gzip"))
        }
    }

    @Test func `compressed bodies are read, damaged ones refused`() async throws {
        try await RunningReceiver.with { receiver in
            let body = ExportBodies.valid(20)
            let gzip = HTTPHeader(name: "Content-Encoding", value: "gzip")
            let deflate = HTTPHeader(name: "Content-Encoding", value: "deflate")
            try await receiver.expect(200, posting: Compressed.gzip(body), headers: [gzip])
            try await receiver.expect(200, posting: Compressed.zlib(body), headers: [deflate])
            #expect(receiver.sink.spans.count == 40)
            try await receiver.expect(400, posting: body, headers: [gzip])
            try await receiver.expect(400, posting: Array(Compressed.gzip(body).dropLast(12)), headers: [gzip])
            #expect(receiver.counters.snapshot.refused == [.malformed: 2])
            #expect(receiver.sink.spans.count == 40)
        }
    }

    @Test func `a gzip bomb is too large, and its memory is given back`() async throws {
        try await RunningReceiver.with(settings: ReceiverSettings(bodyBytes: 1 << 20)) { receiver in
            let bomb = Compressed.gzip([UInt8](repeating: 0, count: 16 << 20))
            let header = HTTPHeader(name: "Content-Encoding", value: "gzip")
            let response = try await receiver.post(bomb, headers: [header])
            #expect(response.status == 413)
            #expect(try status(of: response).code == 8)
            #expect(receiver.budget.bytesInUse == 0)
            try await receiver.expect(200, posting: ExportBodies.valid())
        }
    }

    @Test func `a body over the limit is refused with an answer the client can read`() async throws {
        try await RunningReceiver.with(settings: ReceiverSettings(bodyBytes: 100_000)) { receiver in
            let response = try await receiver.post([UInt8](repeating: 0, count: 150_000))
            #expect(response.status == 413)
            #expect(response.header("Connection") == "close")
            #expect(receiver.counters.snapshot.refused == [.tooLarge: 1])
        }
    }

    @Test func `metrics are limited too`() async throws {
        try await RunningReceiver.with(settings: ReceiverSettings(bodyBytes: 1_000)) { receiver in
            let response = try await receiver.post([UInt8](repeating: 0, count: 1_500), to: "/v1/metrics")
            #expect(response.status == 413)
            #expect(receiver.counters.snapshot.requests == 0)
        }
    }

    @Test func `over the process's budget the client is asked to come back`() async throws {
        try await RunningReceiver.with(budget: InFlightBudget(limit: 1_000)) { receiver in
            let large = ExportBodies.valid(100)
            #expect(large.count > 1_000)
            let plain = try await receiver.post(large)
            #expect(plain.status == 503)
            #expect(plain.header("Retry-After") == "1")
            #expect(try status(of: plain).code == 14)
            let header = HTTPHeader(name: "Content-Encoding", value: "gzip")
            try await receiver.expect(503, posting: Compressed.gzip(large), headers: [header])
            #expect(receiver.counters.snapshot.refused == [.overloaded: 2])
            #expect(receiver.budget.bytesInUse == 0)
            try await receiver.expect(200, posting: ExportBodies.valid())
        }
    }

    @Test(
        arguments: [
            (nil, 401), ("Bearer wrong", 401), ("Basic d3Jvbmc6d3Jvbmc=", 401), ("Bearer", 401), ("Bearer s3cret", 200),
            ("bearer  s3cret", 200), ("Basic am9lOnB3", 200), ("Bearer reader", 403),
        ] as [(String?, Int)]
    )
    func `only who shows a secret may send`(authorization: String?, status: Int) async throws {
        var settings = ReceiverSettings()
        settings.credentials.given = [
            .sender("other"), .sender("s3cret"), AccessToken(basic: "joe:pw", scopes: [.ingest]),
            AccessToken(bearer: "reader", name: "grafana", scopes: [.read, .write]),
        ]
        try await RunningReceiver.with(settings: settings) { receiver in
            let headers = authorization.map { [HTTPHeader(name: "Authorization", value: $0)] } ?? []
            let response = try await receiver.post(ExportBodies.valid(), headers: headers)
            #expect(response.status == status)
            #expect(receiver.sink.spans.count == (status == 200 ? 1 : 0))
            guard status == 401 else { return }
            #expect(response.header("WWW-Authenticate") == #"Bearer realm="plimsoll""#)
            #expect(try self.status(of: response).code == 16)
            #expect(receiver.counters.snapshot.refused == [.unauthenticated: 1])
        }
    }

    @Test func `a browser is answered for the pages that may send`() async throws {
        var settings = ReceiverSettings()
        settings.allowedOrigins = ["http://app.example"]
        settings.credentials.given = [.sender("s3cret")]
        try await RunningReceiver.with(settings: settings) { receiver in
            let mine = HTTPHeader(name: "Origin", value: "http://app.example")
            let preflight = try await receiver.post([], method: "OPTIONS", headers: [mine])
            #expect(preflight.status == 204)
            #expect(preflight.header("Access-Control-Allow-Origin") == "http://app.example")
            #expect(preflight.header("Access-Control-Allow-Methods") == "POST")
            let other = HTTPHeader(name: "Origin", value: "http://evil.example")
            let refused = try await receiver.post([], method: "OPTIONS", headers: [other])
            #expect(refused.status == 401)
            #expect(refused.header("Access-Control-Allow-Origin") == nil)
            let token = HTTPHeader(name: "Authorization", value: "Bearer s3cret")
            let sent = try await receiver.post(ExportBodies.valid(), headers: [mine, token])
            #expect(sent.status == 200)
            #expect(sent.header("Access-Control-Allow-Origin") == "http://app.example")
        }
    }
}
