import Curl
import Foundation
import Telemetry
import TestSupport
import Testing

@testable import Web

/// The requests that Grafana's Tempo data source sends (`spec/wire.md` 5.2).
@Suite struct TempoRequestTests {
    @Test func `answers the health check, and protobuf to who accepts it`() async throws {
        try await FeedServer.serving { feed in
            #expect(String(decoding: try await feed.get("/api/echo").body, as: UTF8.self) == "echo")
            let id = SampleMinutes.trace(0, in: 0).traceID.hex
            let wrapped = try await feed.get("/api/v2/traces/\(id)", accept: "application/protobuf")
            let bare = try await feed.get("/api/traces/\(id)", accept: "application/protobuf")
            #expect(wrapped.header("Content-Type") == "application/protobuf")
            #expect(bare.header("Content-Type") == "application/protobuf")
            // Field 1, its length in two or three bytes, and then the same trace.
            #expect(wrapped.body.first == 0x0A)
            #expect(wrapped.body.suffix(bare.body.count).elementsEqual(bare.body))
            // The same path without that Accept is Jaeger's.
            #expect(try await feed.get("/api/traces/\(id)").header("Content-Type") == "application/json")
            for path in ["/api/v2/traces/", "/api/traces/"] {
                let unknown = try await feed.get(path + "ff", accept: "application/protobuf")
                #expect(unknown.status == 404)
            }
        }
    }

    @Test(arguments: [
        "tags=service.name%3Dorders+http.route%3D%2Fcheckout&limit=5&minDuration=100ms",
        "q=%7Bresource.service.name%3D%22orders%22+%26%26+.http.route%3D%22%2Fcheckout%22%7D&limit=5&spss=3",
    ])
    func `searches by tags and by simple TraceQL`(query: String) async throws {
        try await FeedServer.serving { feed in
            let start = SampleMinutes.start / 1_000_000_000
            let answer = try await feed.json("/api/search?\(query)&start=\(start)&end=\(start + 120)")
            #expect(answer.status == 200)
            let traces = try #require(answer.body["traces"] as? [[String: Any]])
            #expect(traces.count == 5)
            #expect(traces.first?["rootServiceName"] as? String == "frontend")
            #expect(traces.first?["rootTraceName"] as? String == "POST /checkout")
            #expect((traces.first?["durationMs"] as? Int ?? 0) >= 120)
            let set = try #require((traces.first?["spanSets"] as? [[String: Any]])?.first)
            #expect(set["matched"] as? Int == 2)
        }
    }

    @Test func `says which TraceQL it does not read`() async throws {
        try await FeedServer.serving(minutes: 0) { feed in
            let answer = try await feed.get("/api/search?q=%7B%7D+%7C+rate()")
            #expect(answer.status == 400)
            #expect(String(decoding: answer.body, as: UTF8.self).contains("unsupported TraceQL"))
        }
    }

    @Test func `lists names and values of attributes by scope`() async throws {
        try await FeedServer.serving { feed in
            let tags = try #require(try await feed.json("/api/v2/search/tags").body["scopes"] as? [[String: Any]])
            let byScope = Dictionary(
                uniqueKeysWithValues: tags.map { ($0["name"] as? String, $0["tags"] as? [String]) }
            )
            #expect(byScope["resource"] == ["service.name", "service.version"])
            #expect(byScope["span"] == ["cart", "http.route"])
            let one = try await feed.json("/api/v2/search/tags?scope=span")
            #expect((one.body["scopes"] as? [Any])?.count == 1)
            for (name, expected) in [
                ("resource.service.name", ["frontend", "orders"]), ("span.http.route", ["/checkout"]),
                ("name", ["INSERT orders", "POST /checkout", "POST /orders/{id}"]),
            ] {
                let answer = try await feed.json("/api/v2/search/tag/\(name)/values?q=")
                let values = (answer.body["tagValues"] as? [[String: String]])?.compactMap { $0["value"] }
                #expect(values == expected, "\(name)")
            }
        }
    }
}
