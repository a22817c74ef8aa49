import Analysis
import Baselines
import Curl
import Foundation
import Telemetry
import TestSupport
import Testing

@testable import Web

@Suite struct AnomalyAPITests {
    private static func items(_ answer: HTTPResponse) throws -> [[String: Any]] {
        try #require(try answer.json()["items"] as? [[String: Any]])
    }

    private static func services(_ web: WebFixture, _ query: String) async throws -> [String] {
        try items(try await web.get("/api/v1/anomalies?" + query)).compactMap {
            ($0["operation"] as? [String: Any])?["service"] as? String
        }
    }

    @Test func `lists anomalies page by page, with an ETag`() async throws {
        try await WebFixture.serving(fill: { store in
            try await store.record((1...5).map { SampleAnomalies.anomaly(since: $0 * 10, minutes: $0 == 5 ? nil : 3) })
        }) { web in
            let first = try await web.get("/api/v1/anomalies?limit=3")
            #expect(first.status == 200)
            let page = try Self.items(first)
            #expect(page.count == 3)
            #expect(page.first?["until"] == nil)
            #expect(page.first?["signal"] as? String == "level")
            #expect((page.first?["operation"] as? [String: Any])?["kind"] as? String == "server")
            let next = try #require(try first.json()["next"] as? String)
            let second = try await web.get("/api/v1/anomalies?limit=3&cursor=\(Query.escape(next))")
            #expect(try Self.items(second).count == 2)
            #expect(try second.json()["next"] == nil)

            let tag = try #require(first.header("ETag"))
            #expect(try await web.get("/api/v1/anomalies?limit=3", ["If-None-Match": tag]).status == 304)
            try await web.store.record([SampleAnomalies.anomaly(since: 50, minutes: 4)])
            #expect(try await web.get("/api/v1/anomalies?limit=3", ["If-None-Match": tag]).status == 200)
        }
    }

    @Test func `a range, a service and what lasts narrow the list`() async throws {
        try await WebFixture.serving(fill: { store in
            try await store.record([
                SampleAnomalies.anomaly("cart", since: 30_000_000, minutes: 3),
                SampleAnomalies.anomaly("cart", since: 30_000_100),
                SampleAnomalies.anomaly("pay", since: 30_000_200),
            ])
        }) { web in
            let all = try await Self.services(web, "")
            #expect(all == ["pay", "cart", "cart"])
            #expect(try await Self.services(web, "lasting=1&service=cart") == ["cart"])
            #expect(try await Self.services(web, "to=\(30_000_050 * 60)") == ["cart"])
            #expect(try await Self.services(web, "from=\(30_000_150 * 60)") == ["pay", "cart"])
            #expect(try await web.get("/api/v1/anomalies?limit=many").status == 400)
        }
    }
}
