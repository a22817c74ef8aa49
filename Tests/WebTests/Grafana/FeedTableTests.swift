import Analysis
import Baselines
import Curl
import Foundation
import TestSupport
import Testing

@testable import Web

@Suite struct FeedTableTests {
    private func rows(_ feed: FeedServer, _ path: String) async throws -> [[String: Any]] {
        let answer = try await feed.get("/api/feed/\(path)")
        #expect(answer.status == 200)
        return try #require(try JSONSerialization.jsonObject(with: Data(answer.body)) as? [[String: Any]])
    }

    private func fill(_ feed: FeedServer) async throws {
        try await feed.store.record(SampleReports.regression)
        let deploy = DeployMarker(service: "catalog", version: "2", at: SampleMinutes.start, source: .observed)
        try await feed.store.record(deploy)
        try await feed.store.record(CheckReport.sample(of: deploy, verdict: .anomalous))
    }

    @Test(arguments: ["runs", "findings", "deploys", "checks", "operations", "trend"])
    func `a table is an array of flat objects`(table: String) async throws {
        try await FeedServer.serving { feed in
            try await fill(feed)
            let rows = try await rows(feed, table)
            #expect(!rows.isEmpty)
            for row in rows {
                for (name, value) in row { #expect(value is String || value is NSNumber, "\(table).\(name)") }
            }
            #expect(try await self.rows(feed, table + "?limit=1").count == 1)
            #expect(try await feed.get("/api/feed/\(table)?limit=999999999").status == 200)
            for query in ["from=soon", "to=x", "limit=x", "from=2000000000&to=1000000000"] {
                let refused = try await feed.get("/api/feed/\(table)?\(query)")
                #expect(refused.status == 400)
                #expect(refused.header("Content-Type") == "application/problem+json")
            }
        }
    }

    @Test(arguments: ["runs", "findings", "deploys", "checks", "operations", "trend"])
    func `nothing lies outside the range, and nothing in an empty store`(table: String) async throws {
        try await FeedServer.serving { feed in
            try await fill(feed)
            // Grafana's milliseconds.
            let before = try await rows(feed, table + "?from=1600000000000&to=1600000001000")
            #expect(before.isEmpty)
        }
        try await FeedServer.serving(minutes: 0) { feed in
            let none = try await rows(feed, table)
            #expect(none.isEmpty)
        }
    }

    @Test func `operations sum their windows up`() async throws {
        try await FeedServer.serving { feed in
            let rows = try await rows(feed, "operations?from=\(SampleMinutes.start / 1_000_000)")
            #expect(rows.count == 4)
            let row = try #require(rows.first { $0["operation"] as? String == "POST /checkout" })
            #expect(row["spans"] as? Int == 40)
            #expect(row["errors"] as? Int == 4)
            #expect(abs((row["rate"] as? Double ?? 0) - 40.0 / 120) < 1e-9)
            let p95 = try #require(row["p95Milliseconds"] as? Double)
            #expect((178...182).contains(p95))
        }
    }

    @Test func `deploys carry the verdict of their check, findings tell where they come from`() async throws {
        try await FeedServer.serving(minutes: 0) { feed in
            try await fill(feed)
            #expect(try await rows(feed, "deploys").first?["verdict"] as? String == "anomalous")
            let findings = try await rows(feed, "findings")
            #expect(Set(findings.compactMap { $0["source"] as? String }) == ["run", "check"])
            #expect(findings.count == SampleReports.regression.findings.count + 1)
        }
    }
}
