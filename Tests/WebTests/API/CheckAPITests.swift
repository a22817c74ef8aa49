import Analysis
import Baselines
import Correlation
import Curl
import Foundation
import Runs
import TestSupport
import Testing

@testable import Web

/// Deploys and checks over HTTP.
@Suite struct CheckAPITests {
    private static let deploy = SampleDeploy.marker

    @Sendable private static func fill(_ store: BaselineStore) async throws {
        try await store.record(deploy)
        for window in SampleDeploy.windows(after: 20, slowdown: 3) { try await store.record(window) }
    }

    @Test func `a check over HTTP is the check of the command line`() async throws {
        try await WebFixture.serving(fill: Self.fill) { web in
            let service = try PlimsollService(url: web.url, token: nil)
            let asked = try await service.check(CheckRequest(service: "payment"))
            let direct = try await CheckPipeline(CheckRequest(service: "payment"))
                .execute(in: web.store, now: WebFixture.now)
            #expect(asked == direct)
            #expect(asked.verdict == .anomalous)
            let path = "/api/v1/checks/" + Words.path(asked.id)
            #expect(try await web.get(path).json()["id"] as? String == asked.id)
            #expect(try await service.deploy(CheckRequest()) == Self.deploy)
            await #expect(throws: RunFailure.self) { _ = try await service.deploy(CheckRequest(service: "cart")) }
        }
    }

    @Test func `objectives can be asked for`() async throws {
        try await WebFixture.serving(fill: Self.fill) { web in
            let body = """
                {"deploy": "\(Self.deploy.id)", "windowSeconds": 900,
                 "objectives": [{"target": 0.99, "latencyMilliseconds": 160}]}
                """
            let answer = try await web.post("/api/v1/checks", body)
            #expect(answer.status == 201)
            #expect(answer.text.contains("burnRate"))
        }
    }

    @Test(arguments: [
        (#"{"deploy": "none"}"#, 404, "no deploy of id none"),
        (#"{"windowSeconds": 1}"#, 422, "window"),
        (#"{"objectives": [{"target": 99}]}"#, 422, "between 0 and 1"),
        (#"{"service": "payment", "version": "9", "deployedAt": 7}"#, 422, "the year 2000"),
        (#"{"windowSeconds": -1}"#, 400, "not what was expected"), ("[]", 400, "expected"),
    ])
    func `what cannot be checked is said`(body: String, status: Int, words: String) async throws {
        try await WebFixture.serving(fill: { try await $0.record(Self.deploy) }) { web in
            let answer = try await web.post("/api/v1/checks", body)
            #expect(answer.status == status)
            #expect(answer.text.contains(words), "\(answer.text)")
        }
    }

    @Test func `without windows the answer is that there are none`() async throws {
        try await WebFixture.serving(fill: { try await $0.record(Self.deploy) }) { web in
            let answer = try await web.post("/api/v1/checks", "{}")
            #expect(answer.status == 201 && answer.text.contains("holds no windows yet"))
        }
    }

    @Test func `a deploy is declared by a service's client, and refused in the words of the command`() async throws {
        try await WebFixture.serving { web in
            let service = try PlimsollService(url: web.url, token: nil)
            let wanted = DeployMarker(
                service: "cart",
                version: "2",
                at: WebFixture.now - 5_000_000_000,
                source: .declared,
                message: "two\nlines",
                url: "https://ci/42"
            )
            #expect(try await service.declare(wanted) == wanted)
            #expect(try await service.deploys(of: "cart", limit: 5) == [wanted])
            var late = wanted
            late.at = WebFixture.now + 2 * 86_400_000_000_000
            let problem = try #require(late.problem(now: WebFixture.now))
            await #expect {
                _ = try await service.declare(late)
            } throws: { error in
                (error as? RunFailure)?.lines.joined().contains(problem) == true
            }
        }
    }

    @Test func `the page says when the service looks next, and what went wrong`() async throws {
        try await WebFixture.serving(fill: { try await $0.record(Self.deploy) }) { web in
            let checks = CheckWatch(store: web.store) { Self.deploy.at + 60_000_000_000 }
            let state = WebState(store: web.store, watch: Watching.of(web.store), checks: checks, now: { 0 })
            let row = DeployPages.row(
                Self.deploy,
                checks: [],
                now: WebFixture.now,
                nextLook: state.checks?.nextLook(at: Self.deploy)
            )
            #expect(row["nextLook"] as? String == "2026-09-21 12:12:30 UTC")
        }
    }
}
