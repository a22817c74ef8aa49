import Telemetry
import Testing

/// One row a kind of span seen from a real client (`spec/wire.md` section 2) or named by its rules (section 3.3).
struct OperationNamingTests {
    struct Row: CustomTestStringConvertible {
        var client: String
        var name: String
        var kind: SpanKind
        var attributes: [String: AttributeValue]
        var expected: String

        var testDescription: String { client }
    }

    static let rows: [Row] = [
        Row(
            client: "Flask, old names",
            name: "GET /users/<int:uid>",
            kind: .server,
            attributes: [
                "http.method": "GET", "http.target": "/users/1?token=secret", "http.route": "/users/<int:uid>",
            ],
            expected: "GET /users/<int:uid>"
        ),
        Row(
            client: "Flask, new names",
            name: "GET /users/<int:uid>",
            kind: .server,
            attributes: ["http.request.method": "GET", "url.path": "/users/1", "http.route": "/users/<int:uid>"],
            expected: "GET /users/<int:uid>"
        ),
        Row(
            client: "Flask 404",
            name: "GET /nope/12345",
            kind: .server,
            attributes: ["http.method": "GET", "http.target": "/nope/12345"],
            expected: "GET /nope/{id}"
        ),
        Row(
            client: "Flask 404 without a path",
            name: "GET /nope/12345",
            kind: .server,
            attributes: ["http.method": "GET"],
            expected: "GET /nope/{id}"
        ),
        Row(
            client: "FastAPI",
            name: "GET /items/{item_id}",
            kind: .server,
            attributes: ["http.method": "GET", "http.url": "http://a/items/7", "http.route": "/items/{item_id}"],
            expected: "GET /items/{item_id}"
        ),
        Row(
            client: "FastAPI, ASGI child",
            name: "GET /items/{item_id} http send",
            kind: .internal,
            attributes: ["asgi.event.type": "http.response.start", "http.status_code": 200],
            expected: "GET /items/{item_id} http send"
        ),
        Row(
            client: "requests",
            name: "GET",
            kind: .client,
            attributes: ["http.method": "GET", "http.url": "http://127.0.0.1:25001/users/1?token=secret"],
            expected: "GET /users/{id}"
        ),
        Row(
            client: "client with a template",
            name: "GET",
            kind: .client,
            attributes: [
                "http.request.method": "GET", "url.full": "http://a/users/bob", "url.template": "/users/{name}",
            ],
            expected: "GET /users/{name}"
        ),
        Row(
            client: "sqlite3, select",
            name: "select",
            kind: .client,
            attributes: ["db.system": "sqlite", "db.statement": "select * from items where id = 5"],
            expected: "SELECT items"
        ),
        Row(
            client: "sqlite3, SELECT",
            name: "SELECT",
            kind: .client,
            attributes: [
                "db.system": "sqlite", "db.name": "shop.db", "db.statement": "SELECT * FROM items WHERE id=?",
            ],
            expected: "SELECT items"
        ),
        Row(
            client: "sqlite3, no text",
            name: "select",
            kind: .client,
            attributes: ["db.system": "sqlite", "db.statement": ""],
            expected: "sqlite"
        ),
        Row(
            client: "database summary",
            name: "x",
            kind: .client,
            attributes: ["db.system.name": "postgresql", "db.query.summary": "select users"],
            expected: "SELECT users"
        ),
        Row(
            client: "database operation and collection",
            name: "x",
            kind: .client,
            attributes: ["db.system": "mongodb", "db.operation": "find", "db.mongodb.collection": "carts"],
            expected: "FIND carts"
        ),
        Row(
            client: "Redis",
            name: "GET",
            kind: .client,
            attributes: ["db.system": "redis", "db.statement": "GET session:42"],
            expected: "GET redis"
        ),
        Row(
            client: "batch",
            name: "x",
            kind: .client,
            attributes: [
                "db.system.name": "mysql", "db.query.text": "INSERT INTO t VALUES (1)", "db.operation.batch.size": 3,
            ],
            expected: "BATCH INSERT t"
        ),
        Row(
            client: "Elasticsearch over HTTP",
            name: "search",
            kind: .client,
            attributes: [
                "db.system.name": "elasticsearch", "db.operation.name": "search", "db.collection.name": "books",
                "http.request.method": "POST", "url.full": "http://es/books/_search",
            ],
            expected: "SEARCH books"
        ),
        Row(
            client: "Envoy ingress",
            name: "ingress",
            kind: .server,
            attributes: ["http.url": "http://127.0.0.1:25014/users/1?x=1", "http.method": "GET"],
            expected: "GET /users/{id}"
        ),
        Row(
            client: "Envoy egress",
            name: "router up egress",
            kind: .client,
            attributes: ["http.status_code": "200", "upstream_cluster": "up"],
            expected: "router up egress"
        ),
        Row(
            client: "Traefik entry",
            name: "GET",
            kind: .server,
            attributes: ["http.request.method": "GET", "url.path": "/users/1", "url.query": "x=REDACTED"],
            expected: "GET /users/{id}"
        ),
        Row(
            client: "Traefik proxy",
            name: "ReverseProxy",
            kind: .client,
            attributes: ["http.request.method": "GET", "url.full": "http://127.0.0.1:25011/users/1?x=REDACTED"],
            expected: "GET /users/{id}"
        ),
        Row(
            client: "Caddy",
            name: "my-caddy-span",
            kind: .server,
            attributes: ["http.request.method": "GET", "url.path": "/users/1"],
            expected: "GET /users/{id}"
        ),
        Row(
            client: "gRPC, old names",
            name: "x",
            kind: .client,
            attributes: ["rpc.system": "grpc", "rpc.service": "shop.Cart", "rpc.method": "Add"],
            expected: "shop.Cart/Add"
        ),
        Row(
            client: "gRPC, new names",
            name: "x",
            kind: .server,
            attributes: ["rpc.system.name": "grpc", "rpc.method": "shop.Cart/Add"],
            expected: "shop.Cart/Add"
        ),
        Row(
            client: "messaging",
            name: "x",
            kind: .producer,
            attributes: [
                "messaging.system": "kafka", "messaging.operation.name": "send", "messaging.destination.name": "orders",
            ],
            expected: "send orders"
        ),
        Row(
            client: "messaging, per-client queue",
            name: "x",
            kind: .consumer,
            attributes: [
                "messaging.system": "rabbitmq", "messaging.operation": "process",
                "messaging.destination.temporary": true, "messaging.destination.name": "amq.gen-1234",
            ],
            expected: "process (temporary)"
        ),
        Row(
            client: "function",
            name: "x",
            kind: .server,
            attributes: ["faas.trigger": "timer", "faas.invoked_name": "nightly"],
            expected: "timer nightly"
        ),
        Row(client: "no name", name: "", kind: .internal, attributes: [:], expected: "unknown"),
        Row(
            client: "method in lower case",
            name: "x",
            kind: .server,
            attributes: ["http.method": "get", "http.route": "/a"],
            expected: "GET /a"
        ),
        Row(
            client: "made-up method",
            name: "x",
            kind: .server,
            attributes: ["http.method": "X1234", "http.route": "/a"],
            expected: "HTTP /a"
        ),
        Row(
            client: "secret and control characters in a name",
            name: "call\u{1B}[31m http://u:p@h/a?token=s",
            kind: .internal,
            attributes: [:],
            expected: "call\u{FFFD}[31m /a"
        ),
    ]

    @Test(arguments: rows) func `names the operation`(row: Row) {
        let span = SpanDescription(name: row.name, kind: row.kind, attributes: row.attributes)
        #expect(SpanNormaliser.normalise(span).operationName == row.expected)
    }

    @Test func `both generations of names give one operation`() {
        let old: [String: AttributeValue] = ["http.method": "GET", "http.target": "/users/1", "http.status_code": 500]
        let new: [String: AttributeValue] = [
            "http.request.method": "GET", "url.path": "/users/1", "http.response.status_code": 500,
        ]
        let spans = [old, new, old.merging(new) { $1 }].map {
            SpanNormaliser.normalise(SpanDescription(name: "x", kind: .server, attributes: $0))
        }
        #expect(Set(spans).count == 1)
    }

    @Test func `no name is long`() {
        let huge = String(repeating: "é", count: 10_000)
        let spans = [
            SpanDescription(name: huge, kind: .internal),
            SpanDescription(name: "x", kind: .server, attributes: ["http.method": "GET", "http.route": .string(huge)]),
            SpanDescription(name: "x", kind: .client, attributes: ["rpc.method": .string(huge)]),
        ]
        for span in spans {
            let name = SpanNormaliser.normalise(span).operationName
            #expect(name.utf8.count <= OperationNaming.byteLimit)
            #expect(!name.isEmpty)
        }
    }
}
