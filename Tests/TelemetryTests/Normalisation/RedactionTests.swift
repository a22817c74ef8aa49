import Telemetry
import Testing

struct RedactionTests {
    @Test(arguments: [
        ("http://user:pass@host/a", "http://host/a"),
        ("postgres://u:p%40ss@db:5432/x", "postgres://db:5432/x"),
        ("amqp://u:p@ss@mq/", "amqp://mq/"),
        ("a?token=secret&b=2", "a?token=REDACTED&b=2"),
        ("a?b=2&X-Amz-Signature=abc", "a?b=2&X-Amz-Signature=REDACTED"),
        ("Server=db;Password=secret;Database=x", "Server=db;Password=REDACTED;Database=x"),
        ("Bearer abc.def", "Bearer REDACTED"),
        ("see http://u:p@h/?api_key=1 now", "see http://h/?api_key=REDACTED now"),
        ("nothing to hide", "nothing to hide"),
        ("mail jane@example.test", "mail jane@example.test"),
        ("", ""),
    ])
    func `takes secrets out of text`(text: String, expected: String) {
        #expect(Redaction.redacted(text) == expected)
    }

    @Test(arguments: [
        "http.request.header.authorization", "http.request.header.cookie", "http.response.header.set-cookie",
        "proxy-authorization", "db.user.password", "url.query", "db.statement", "db.query.text",
        "db.query.parameter.0", "http.request.header.x-api-key",
    ])
    func `keeps nothing of a secret attribute`(key: String) {
        #expect(AttributeKeepRule.kept(key: key, value: "secret") == nil)
    }

    @Test(arguments: ["http.target", "http.url", "url.full", "url.path"])
    func `keeps the template of a path`(key: String) {
        #expect(AttributeKeepRule.kept(key: key, value: "/users/42?token=secret") == "/users/{id}")
    }

    @Test func `keeps short values and no long ones`() {
        #expect(AttributeKeepRule.kept(key: "a", value: String(repeating: "x", count: 256))?.utf8.count == 256)
        #expect(AttributeKeepRule.kept(key: "a", value: String(repeating: "x", count: 257)) == nil)
        #expect(AttributeKeepRule.kept(key: "a", value: "") == nil)
    }

    @Test func `makes control characters harmless`() {
        #expect(PrintableText.cleaned("a\u{0}b\u{1B}[2J\u{9B}c\nd") == "a\u{FFFD}b\u{FFFD}[2J\u{FFFD}c d")
        #expect(PrintableText.cleaned("prix 3 €") == "prix 3 €")
    }
}
