import Analysis
import Baselines
import Curl
import Foundation
import Telemetry
import TestSupport
import Testing

@testable import Web

/// The API over stored runs.
@Suite struct RunAPITests {
    private static func serving(_ body: @Sendable @escaping (WebFixture) async throws -> Void) async throws {
        try await WebFixture.serving(
            fill: { store in
                for (index, sample) in [SampleReports.regression, SampleReports.passing, SampleReports.exploratory]
                    .enumerated()
                {
                    var report = sample
                    report.run.id = "run-\(index)"
                    report.run.startedAt = WebFixture.now - UInt64(index) * 3_600_000_000_000
                    try await store.record(report)
                }
            },
            body
        )
    }

    private static func ids(_ web: WebFixture, _ path: String) async throws -> (ids: [String], next: String?) {
        let list = try await web.get(path).json()
        let items = list["items"] as? [[String: Any]] ?? []
        return (items.compactMap { $0["id"] as? String }, list["next"] as? String)
    }

    @Test func `runs come in pages, newest first, and can be filtered`() async throws {
        try await RunAPITests.serving { web in
            let first = try await RunAPITests.ids(web, "/api/v1/runs?limit=2")
            #expect(first.ids == ["run-0", "run-1"])
            let cursor = try #require(first.next)
            let second = try await RunAPITests.ids(web, "/api/v1/runs?limit=2&cursor=\(cursor)")
            #expect(second.ids == ["run-2"] && second.next == nil)
            #expect(try await RunAPITests.ids(web, "/api/v1/runs?status=pass").ids == ["run-1"])
            #expect(try await RunAPITests.ids(web, "/api/v1/runs?module=nobody").ids.isEmpty)
            #expect(try await RunAPITests.ids(web, "/api/v1/runs?limit=100000000").ids.count == 3)
            #expect(try await web.get("/api/v1/runs?limit=many").status == 400)
        }
    }

    @Test func `who has an answer already gets a 304`() async throws {
        try await RunAPITests.serving { web in
            let answer = try await web.get("/api/v1/runs/run-0")
            let tag = try #require(answer.header("ETag"))
            let again = try await web.get("/api/v1/runs/run-0", ["If-None-Match": "\"x\", \(tag)"])
            #expect(again.status == 304 && again.body.isEmpty)
            #expect(try await web.get("/api/v1/runs/run-1", ["If-None-Match": tag]).status == 200)
        }
    }

    @Test func `a run gives all its artifacts again, each with its type and its policy`() async throws {
        try await RunAPITests.serving { web in
            let names = try await web.get("/api/v1/runs/run-0/artifacts").json()["items"] as? [String] ?? []
            #expect(names.contains("report.html") && names.contains("flamegraph.svg") && names.contains("run.json"))
            let page = try await web.get("/api/v1/runs/run-0/artifacts/report.html")
            #expect(page.header("Content-Type") == "text/html; charset=utf-8")
            #expect(page.header("Content-Security-Policy")?.contains("script-src 'sha256-") == true)
            #expect(try await web.get("/api/v1/runs/run-0/artifacts/nothing.txt").status == 404)
            #expect(try await web.get("/api/v1/runs/unknown").status == 404)
        }
    }

    @Test func `an annotation is stored with its author, and one that says nothing is refused`() async throws {
        try await RunAPITests.serving { web in
            let path = "/api/v1/annotations"
            let note = #"{"subject": "run", "subjectId": "run-0", "note": "seen", "status": "pass"}"#
            let stored = try await web.post(path, note)
            #expect(stored.status == 201)
            #expect(try stored.json()["author"] as? String == "local")
            #expect(try await web.store.annotations(about: .run, id: "run-0").map(\.note) == ["seen"])
            for (body, status) in [
                (#"{"subject": "run", "subjectId": "run-0"}"#, 422),
                (#"{"subject": "run", "subjectId": "nobody", "note": "x"}"#, 404),
                (#"{"subject": "run", "subjectId": "run-", "note": "x"}"#, 404),
                (#"{"subject": "run", "subjectId": "run-0", "test": "GET /nothing", "status": "pass"}"#, 404),
                (#"{"subject": "run", "subjectId": "run-0", "note": "x", "statusUntil": 1}"#, 422),
                (
                    #"{"subject": "run", "subjectId": "run-0", "status": "pass", "statusUntil": 18000000000000000000}"#,
                    422
                ),
                (#"{"subject": "finding", "subjectId": "nothing", "note": "x"}"#, 404),
                (#"{"subject": "finding", "subjectId": "nothing", "status": "pass"}"#, 422),
                (#"{"subject": "deploy", "subjectId": "web@1", "note": "x"}"#, 404),
                (#"{"subject": "check", "subjectId": "web@1", "note": "x"}"#, 404),
                (#"{"subject": "run", "subjectId": "run-0", "status": "splendid"}"#, 422),
                (#"{"subject": "moon", "subjectId": "run-0", "note": "x"}"#, 400), ("[", 400),
            ] {
                #expect(try await web.post(path, body).status == status, "\(body)")
            }
        }
    }

    @Test func `a run can be promoted, and an unknown one cannot`() async throws {
        try await RunAPITests.serving { web in
            let answer = try await web.post("/api/v1/baselines/promote", #"{"runId": "run-1"}"#)
            #expect(answer.status == 200)
            let items = try await web.get("/api/v1/baselines").json()["items"] as? [[String: Any]] ?? []
            #expect(
                items.contains { $0["decision"] as? String == "promoted" && $0["decidedRunId"] as? String == "run-1" }
            )
            #expect(try await web.post("/api/v1/baselines/pin", #"{"runId": "nobody"}"#).status == 404)
        }
    }

    @Test func `a finding with a long path and a query is annotated like any other, from the page too`() async throws {
        let fingerprint = "n_plus_one_query | " + String(repeating: "orders: GET /orders/{id} | ", count: 40) + "?"
        try await RunAPITests.serving { web in
            var report = SampleReports.regression
            report.run.id = "run-long"
            report.run.startedAt = WebFixture.now
            report.findings[0].fingerprint = fingerprint
            try await web.store.record(report)
            let answer = try await web.form(
                "/findings/\(Query.escape(fingerprint))/annotate",
                "note=seen&assignee=dana"
            )
            #expect(answer.status == 303, "\(answer.text)")
            #expect(try await web.store.annotations(about: .finding, id: fingerprint).map(\.assignee) == ["dana"])
        }
    }

    @Test func `findings carry what was decided about them`() async throws {
        try await RunAPITests.serving { web in
            let items = try await web.get("/api/v1/findings").json()["items"] as? [[String: Any]] ?? []
            let finding = try #require(items.first?["finding"] as? [String: Any])
            let fingerprint = try #require(finding["fingerprint"] as? String)
            let body =
                #"{"subject": "finding", "subjectId": "\#(fingerprint)", "disposition": "accepted", "assignee": "dana"}"#
            #expect(try await web.post("/api/v1/annotations", body).status == 201)
            let entry = try await web.get("/api/v1/findings/\(Query.escape(fingerprint))").json()
            #expect(entry["disposition"] as? String == "accepted" && entry["assignee"] as? String == "dana")
            let open = try await web.get("/api/v1/findings?disposition=open").json()["items"] as? [Any] ?? []
            #expect(open.count == items.count - 1)
        }
    }
}
