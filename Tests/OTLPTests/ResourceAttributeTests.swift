import Telemetry
import Testing

@testable import OTLP

@Suite struct ResourceAttributeTests {
    private func attributes(resource: [(key: String, value: AttributeValue)]) throws -> [String: String] {
        let vocabulary = Vocabulary()
        let span = ExportSpan(
            traceID: TraceID(high: 1, low: 2),
            spanID: SpanID(7),
            name: "a",
            kind: .server,
            startNanoseconds: 10,
            endNanoseconds: 20
        )
        let body = TraceEncoder.encode([span], resource: resource, scope: "")
        let spans = try ExportDecoder(vocabulary: vocabulary).decode(body).batch.spans
        return Dictionary(
            spans.attributes(of: 0).map { id in
                let attribute = vocabulary.attribute(id)
                return (vocabulary.string(attribute.key), vocabulary.string(attribute.value))
            },
            uniquingKeysWith: { first, _ in first }
        )
    }

    @Test func `version, region and zone of a resource stay with its spans`() throws {
        let kept = try attributes(resource: [
            ("service.name", .string("cart")), ("service.version", .string("2.1.0")),
            ("cloud.region", .string("eu-west-1")), ("cloud.availability_zone", .string("eu-west-1b")),
            ("telemetry.sdk.name", .string("opentelemetry")),
        ])
        #expect(
            kept == [
                "service.version": "2.1.0", "cloud.region": "eu-west-1", "cloud.availability_zone": "eu-west-1b",
            ]
        )
    }

    @Test func `a resource that says none of them adds nothing`() throws {
        #expect(try attributes(resource: [("service.name", .string("cart"))]).isEmpty)
        #expect(try attributes(resource: [("service.version", .string(""))]).isEmpty)
    }
}
