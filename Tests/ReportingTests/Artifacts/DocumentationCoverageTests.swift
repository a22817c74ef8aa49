import Analysis
import Foundation
import Reporting
import TestSupport
import Testing

struct DocumentationCoverageTests {
    private let history = RunHistory(
        moduleID: "Shop",
        editionID: "standard",
        testType: "load",
        endpoint: "POST /checkout",
        entries: [
            RunHistory.Entry(
                runID: "earlier",
                startedAt: 1_763_726_400_000_000_000,
                p95Milliseconds: 41.5,
                score: 0.97,
                status: "pass",
                environment: "here"
            )
        ]
    )

    private func document(_ coverage: DocumentationCoverage) throws -> [String: Any] {
        let contents = coverage.artifact(for: SampleReports.regression).contents
        return try #require(try JSONSerialization.jsonObject(with: Data(contents)) as? [String: Any])
    }

    @Test func `the run that was just made ends each history`() throws {
        let entries = try #require(
            try document(DocumentationCoverage(histories: [history]))["history"] as? [[String: Any]]
        )
        #expect(entries.compactMap { $0["endpoint"] as? String } == ["GET /products", "POST /checkout"])
        let points = try #require(entries[1]["points"] as? [[String: Any]])
        #expect(points.compactMap { $0["runId"] as? String } == ["earlier", SampleReports.regression.run.id])
        #expect(entries[1]["latestStatus"] as? String == "degraded")
    }

    @Test func `endpoints that no run has tested are named`() throws {
        let described = ["GET /products", "POST /checkout", "GET /orders/{id}", "DELETE /orders/{id}"]
        let root = try document(DocumentationCoverage(histories: [], endpoints: described))
        #expect(root["untestedEndpoints"] as? [String] == ["GET /orders/{id}", "DELETE /orders/{id}"])
        #expect(root["endpointCoverage"] as? Double == 0.5)
    }

    @Test func `without a description nothing is said about coverage`() throws {
        #expect(try document(DocumentationCoverage(histories: []))["endpointCoverage"] is NSNull)
    }

    @Test func `a run that is in the store already is not counted twice`() throws {
        var known = history
        known.entries[0].runID = SampleReports.regression.run.id
        let entries = try document(DocumentationCoverage(histories: [known]))["history"] as? [[String: Any]]
        #expect(entries?[1]["runs"] as? Int == 1)
    }
}
