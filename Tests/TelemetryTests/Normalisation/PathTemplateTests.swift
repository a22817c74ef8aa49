import Telemetry
import TestSupport
import Testing

struct PathTemplateTests {
    @Test(arguments: [
        ("/users/42", "/users/{id}"),
        ("/users/42?token=secret", "/users/{id}"),
        ("/users/42#top", "/users/{id}"),
        ("http://user:pass@127.0.0.1:25001/users/1?x=1", "/users/{id}"),
        ("https://example.test", "/"),
        ("", "/"),
        ("/", "/"),
        ("//a//b/", "/a/b"),
        ("/o/550e8400-e29b-41d4-a716-446655440000/lines", "/o/{id}/lines"),
        ("/o/01ARZ3NDEKTSV4RRFFQ69G5FAV", "/o/{id}"),
        ("/blob/deadbeef1", "/blob/{id}"),
        ("/facade/decade", "/facade/decade"),
        ("/t/abcdefghijklmnopqrs1", "/t/{id}"),
        ("/t/Ab3dEf6hIj9lMn2p", "/t/{id}"),
        ("/mail/jane%40example.test", "/mail/{id}"),
        ("/days/2026-11-21", "/days/{id}"),
        ("/img/12345.png", "/img/{id}.png"),
        ("/js/app.js", "/js/app.js"),
        ("/v1.2/things", "/v1.2/things"),
        ("/v2/api", "/v2/api"),
        ("/a/b;jsessionid=1234/c", "/a/b/c"),
        ("/users/{id}/x", "/users/{id}/x"),
        ("/users/<int:uid>", "/users/<int:uid>"),
        ("/users/:id", "/users/:id"),
        ("/a/b/c/d/e/f/g/h/i/j", "/a/b/c/d/e/f/g/h/*"),
    ])
    func `templates a path`(path: String, template: String) {
        #expect(PathTemplate.path(path) == template)
    }

    @Test func `keeps a template short whatever the path`() {
        let long = (0..<8).map { _ in String(repeating: "segment", count: 20) }.joined(separator: "/")
        #expect(PathTemplate.path(long).utf8.count <= 210)
    }

    @Test func `a template is its own template`() {
        for path in ["/users/42/orders/7", "/a/b/c/d/e/f/g/h/i", "/img/12345.png", "/mail/jane%40example.test"] {
            let template = PathTemplate.path(path)
            #expect(PathTemplate.path(template) == template)
        }
    }

    @Test(arguments: [
        ("GET /nope/12345", "GET /nope/{id}"),
        ("GET /items/{item_id} http send", "GET /items/{item_id} http send"),
        ("router up egress", "router up egress"),
        ("process order 12345", "process order {id}"),
        ("pkg.Service/Method", "pkg.Service/Method"),
        ("AmazonDynamoDBv2Client.GetItem", "AmazonDynamoDBv2Client.GetItem"),
        ("job 550e8400-e29b-41d4-a716-446655440000", "job {id}"),
    ])
    func `templates a span name`(name: String, template: String) {
        #expect(PathTemplate.name(name) == template)
    }

    @Test func `paths of words and numbers have the same template by the short way`() {
        var random = SeededGenerator(seed: 8)
        let pieces = [
            "/", "/", "//", "orders", "v1", "42", "007", "4a", "deadbeef1", "%20", ";", "?", "#", "@", ".", "-",
        ]
        let output = UnsafeMutableRawBufferPointer.allocate(byteCount: PathTemplate.plainBytes, alignment: 8)
        defer { output.deallocate() }
        var plain = 0
        for _ in 0..<20_000 {
            let path = (0..<Int.random(in: 0...14, using: &random)).reduce("/") { path, _ in
                path + pieces[Int.random(in: pieces.indices, using: &random)]
            }
            guard let count = Array(path.utf8).withUnsafeBytes({ PathTemplate.plain(path: $0, into: output) }) else {
                continue
            }
            plain += 1
            #expect(String(decoding: output[..<count], as: UTF8.self) == PathTemplate.path(path))
        }
        #expect(plain > 1_000)
    }
}
