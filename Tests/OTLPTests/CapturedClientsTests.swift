import Foundation
import OTLP
import Telemetry
import Testing

/// Spans as real clients sent them, captured by `tools/otlp/otlp_sink.py`.
///
/// The captures are not part of the repository; where they are missing these tests are skipped, and
/// `OperationNamingTests` holds their shapes.
@Suite(.enabled(if: CapturedClient.isAvailable))
struct CapturedClientsTests {
    private static let expected: [String: String] = [
        "GET /users/<int:uid>": "GET /users/<int:uid>", "GET /fan/<int:uid>": "GET /fan/<int:uid>",
        "router up egress": "router up egress", "ingress": "GET /users/{id}", "my-caddy-span": "GET /users/{id}",
        "ReverseProxy": "GET /users/{id}", "GET": "GET /users/{id}", "GET /x": "GET /x",
    ]

    @Test func `every captured span is accepted and named`() throws {
        let spans = try CapturedClient.spans()
        #expect(spans.count >= 20)
        for captured in spans {
            let body = TraceEncoder.encode(
                [captured.span],
                resource: [("service.name", .string(captured.service))],
                scope: "capture"
            )
            let (found, decoded) = try ExportDecoder.spans(body)
            #expect(decoded.rejected == 0)
            let span = try #require(found.first)
            #expect(span.service == captured.service)
            if let name = CapturedClientsTests.expected[captured.span.name] { #expect(span.name == name) }
            #expect(span.flags.isDisjoint(with: [.error, .incomplete]))
            for text in span.texts { #expect(!text.contains("secret")) }
        }
        let known = spans.filter { CapturedClientsTests.expected[$0.span.name] != nil }
        #expect(known.count >= spans.count - 5)
    }
}
