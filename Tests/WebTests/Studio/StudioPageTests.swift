import Analysis
import Baselines
import Curl
import Foundation
import Telemetry
import TestSupport
import Testing

@testable import Web

/// The pages as they come over the wire.
@Suite struct StudioPageTests {
    private static let pages = [
        "/", "/runs", "/runs/run-0", "/queue", "/findings", "/findings?show=all", "/anomalies", "/deploys",
        "/checks/catalog%401.4.2%40\(StudioSample.minute / 1_000_000_000)", "/services", "/traces",
        "/traces/\(StudioSample.traceID.hex)", "/trends", "/coverage",
    ]

    @Test func `every page answers with what it is for`() async throws {
        try await WebFixture.serving(fill: { try await StudioSample.fill($0) }) { web in
            let expected = [
                "/": "vetclinic-premium", "/runs": "run-13", "/runs/run-0": "known: the cache was cold",
                "/queue": "This service runs no projects", "/findings": "Annotate, assign, retry",
                "/findings?show=all": "not a problem", "/anomalies": "2.4 times as slow as usual",
                "/deploys": "cache rewritten", "/services": "SELECT products",
                "/traces": "GET /api/products", "/trends": "Editions against each other", "/coverage": "POST /checkout",
            ]
            for path in StudioPageTests.pages {
                let page = try await web.get(path, ["Accept": "text/html"])
                #expect(page.status == 200, "\(path): \(page.text.suffix(400))")
                #expect(page.text.contains(expected[path] ?? "</main>"), "\(path)")
                #expect(page.text.contains("<nav aria-label"), "\(path)")
                #expect(page.header("ETag") != nil)
            }
        }
    }

    @Test func `an empty store gets pages that say what to do`() async throws {
        try await WebFixture.serving { web in
            for path in [
                "/", "/runs", "/queue", "/findings", "/anomalies", "/deploys", "/services", "/traces", "/trends",
                "/coverage",
            ] {
                let page = try await web.get(path, ["Accept": "text/html"])
                #expect(
                    page.status == 200 && page.text.contains("class=\"empty\""),
                    "\(path): \(page.text.suffix(300))"
                )
            }
            let missing = try await web.get("/runs/nobody", ["Accept": "text/html"])
            #expect(missing.status == 404 && missing.text.contains("there is no run nobody"))
        }
    }

    /// Markup, control characters and direction overrides that must never be more than text.
    private static let hostile = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'onmouseover='alert(1)",
        "</title></svg><script>1</script>", "{{{style}}}{{title}}", "\u{1B}[2Jevil\u{202E}txt.exe\u{7}",
    ]

    @Test(arguments: hostile) func `what telemetry says is text in every view`(text: String) async throws {
        try await WebFixture.serving(fill: { try await StudioSample.fill($0, text: text, runs: 4) }) { web in
            let checks = try await web.store.checks()
            let check = try #require(checks.first).id
            for path in StudioPageTests.pages.filter({ !$0.hasPrefix("/checks") }) + ["/checks/\(Query.escape(check))"]
            {
                let page = try await web.get(path, ["Accept": "text/html"])
                #expect(page.status == 200, "\(path)")
                let scripts = page.text.matches(of: /<script/).count
                #expect(scripts == 2, "\(path)")
                #expect(!page.text.contains("<img"), "\(path)")
                #expect(!page.text.contains("'onmouseover='"), "\(path)")
                #expect(page.text.firstMatch(of: /\son[a-z]+=/) == nil || text.contains("onerror"), "\(path)")
                #expect(
                    !page.text.unicodeScalars.contains { $0.value == 0x202E || $0.value == 0x1B || $0.value == 7 },
                    "\(path)"
                )
                #expect(!page.text.contains(" style="), "\(path)")
            }
        }
    }

    @Test func `forms annotate, decide and declare`() async throws {
        try await WebFixture.serving(fill: { try await StudioSample.fill($0, runs: 2) }) { web in
            #expect(
                try await web.form("/runs/run-1/annotate", "note=looks+fine&status=pass&excludeDays=2").status == 303
            )
            let note = try #require(try await web.store.annotations(about: .run, id: "run-1").first)
            #expect(note.note == "looks fine" && note.status == "pass")
            #expect(note.excludedUntil == WebFixture.now + 2 * 86_400_000_000_000)
            #expect(try await web.get("/").text.contains("pass, set by local"))
            #expect(try await web.form("/runs/run-1/annotate", "note=").status == 422)
            #expect(try await web.form("/runs/run-1/baseline", "decision=pinned").status == 303)
            #expect(try await web.store.summaries().contains { $0.decidedRunID == "run-1" })
            #expect(try await web.form("/deploys", "service=web&version=7").status == 303)
            #expect(try await web.store.deploys(of: "web").count == 1)
            #expect(try await web.form("/runs/run-1/retry", "reason=again").status == 409)
        }
    }

    @Test func `flamegraphs of a stretch of windows, and of two against each other`() async throws {
        try await WebFixture.serving(fill: { try await StudioSample.fill($0, runs: 1) }) { web in
            let graph = try await web.get("/api/v1/flamegraph.svg")
            #expect(graph.status == 200 && graph.text.contains("catalog: SELECT products"))
            #expect(graph.header("Content-Security-Policy")?.contains("script-src 'sha256-") == true)
            let start = StudioSample.minute
            let range = "from=\(start + 240_000_000_000)&to=\(start + 480_000_000_000)"
            let diff = try await web.get(
                "/api/v1/flamegraph.svg?\(range)&beforeFrom=\(start)&beforeTo=\(start + 240_000_000_000)"
            )
            #expect(diff.status == 200 && diff.text.contains("against its baseline"))
            #expect(try await web.get("/api/v1/flamegraph.svg?from=1&to=2").status == 404)
            #expect(try await web.get("/api/v1/flamegraph.svg?from=1&to=999999999").status == 400)
            let series = try await web.get("/api/v1/windows/series?service=catalog&operation=SELECT%20products").json()
            #expect((series["items"] as? [Any])?.count == 8)
        }
    }

    @Test func `assets may be kept for ever, because their address changes with them`() async throws {
        try await WebFixture.serving { web in
            for asset in StudioAssets.all {
                let answer = try await web.get(asset.path)
                #expect(answer.status == 200 && answer.header("Cache-Control")?.contains("immutable") == true)
            }
            #expect(Set(StudioAssets.all.map(\.path)).count == StudioAssets.all.count)
        }
    }
}
