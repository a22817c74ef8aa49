import OTLP
import Telemetry
import Testing

struct PrivacyTests {
    @Test func `no secret reaches the span table`() throws {
        let secret = "s3cr3t"
        let span = ExportSpan.sample(
            name: "GET http://joe:\(secret)@h/users/1?token=\(secret)",
            kind: .client,
            attributes: [
                ("http.target", "/users/1?token=\(secret)"), ("http.url", "http://joe:\(secret)@h/a?code=\(secret)"),
                ("url.full", "http://h/a?q=\(secret)"), ("url.query", "password=\(secret)"),
                ("db.statement", "SELECT * FROM t WHERE p = '\(secret)'"),
                ("db.query.text", "SELECT * FROM t WHERE p = '\(secret)'"), ("db.system", "postgresql"),
                ("http.request.header.authorization", "Bearer \(secret)"),
                ("http.request.header.cookie", "sid=\(secret)"), ("note", "Authorization: Bearer \(secret)"),
                ("dsn", "postgres://joe:\(secret)@db/x"), ("link", "see /x?api_key=\(secret)&b=1"),
                ("db.query.parameter.1", .string(secret)), ("error.type", "token=\(secret)"),
            ]
        )
        let body = TraceEncoder.encode([span], resource: [("service.name", "x?token=\(secret)")], scope: "")
        let found = try #require(try ExportDecoder.spans(body).spans.first)
        for text in found.texts { #expect(!text.contains(secret)) }
        #expect(found.name == "SELECT t")
        #expect(found.statement == "SELECT * FROM t WHERE p = ?")
        #expect(found.attributes["http.target"] == "/users/{id}")
        #expect(found.attributes["db.statement"] == nil)
        #expect(found.attributes["dsn"] == "postgres://db/x")
    }

    @Test func `an attribute with endless values cannot crowd out operations`() throws {
        let vocabulary = Vocabulary()
        let decoder = ExportDecoder(vocabulary: vocabulary)
        let spans = (1...3_000 as ClosedRange<UInt64>).map { number in
            ExportSpan.sample(
                number,
                name: "step",
                attributes: [("request.id", .string("req-\(number)")), ("zone", "a")]
            )
        }
        let table = try decoder.decode(TraceEncoder.encode(spans, resource: [], scope: "")).batch.spans
        let values = table.indices.map { row in
            table.attributes(of: row).map { vocabulary.string(vocabulary.attribute($0).value) }
        }
        #expect(values.filter { $0 == ["_overflow", "a"] }.count == 2_000)
        #expect(values.first == ["req-1", "a"])
        #expect(decoder.overflowed == 2_000)
        #expect(vocabulary.overflowed == (strings: 0, operations: 0))
    }

    @Test func `a service with endless operations overflows alone`() throws {
        let vocabulary = Vocabulary()
        let decoder = ExportDecoder(vocabulary: vocabulary)
        let noisy = (1...1_500 as ClosedRange<UInt64>).map { ExportSpan.sample($0, name: "op-\($0)") }
        let first = try decoder.decode(TraceEncoder.encode(noisy, resource: [("service.name", "noisy")], scope: ""))
        let names = first.batch.spans.operation.map { vocabulary.operation($0).name }
        #expect(names.filter { $0 == "_overflow" }.count == 500)
        let quiet = TraceEncoder.encode([.sample(name: "calm")], resource: [("service.name", "quiet")], scope: "")
        let second = try decoder.decode(quiet).batch.spans
        #expect(second.operation.map { vocabulary.operation($0).name } == ["calm"])
    }
}
