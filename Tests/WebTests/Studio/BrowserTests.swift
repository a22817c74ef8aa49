import Analysis
import Baselines
import Curl
import Foundation
import Telemetry
import TestSupport
import Testing

@testable import Web

/// The Studio in Debian's Chromium, by `scripts/drive-browser`.
@Suite(.serialized) struct BrowserTests {
    private struct Visit: Decodable {
        enum Value: Decodable, Equatable {
            case text(String)
            case number(Double)
            case flag(Bool)
            case none

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let flag = try? container.decode(Bool.self) {
                    self = .flag(flag)
                } else if let number = try? container.decode(Double.self) {
                    self = .number(number)
                } else if let text = try? container.decode(String.self) {
                    self = .text(text)
                } else {
                    self = .none
                }
            }
        }

        var results: [Value]
        var problems: [String]
    }

    static let isInstalled = FileManager.default.isExecutableFile(atPath: "/usr/bin/chromium")
    private static let missing: Comment = "needs Debian's chromium: scripts/setup-interop installs it"
    private static let driver = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "scripts/drive-browser").path

    private static func visit(_ url: String, width: Int = 1280, _ steps: [String]) async throws -> Visit {
        let run = try await Command("/usr/bin/env", ["python3", driver, "--width", "\(width)", url] + steps).wait(
            timeout: 90
        )
        guard run.exitCode == 0 else { throw Failure(description: run.standardError + run.standardOutput) }
        return try JSONDecoder().decode(Visit.self, from: Data(run.standardOutput.utf8))
    }

    private struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    @Test(.enabled(if: isInstalled, missing)) func `tiles lead to runs, and no page is wider than its window`()
        async throws
    {
        try await WebFixture.serving(fill: { try await StudioSample.fill($0) }) { web in
            for width in [1280, 390] {
                var steps = [
                    "document.querySelectorAll('.tile').length",
                    "document.querySelector('.tile').click()", "wait location.pathname.startsWith('/runs/')",
                    "document.querySelector('h1').innerText.length > 3",
                ]
                let check = try #require(try await web.store.checks().first).id
                let pages = [
                    "/", "/runs", "/runs?status=none", "/findings", "/findings?show=all", "/anomalies", "/deploys",
                    "/checks/\(Query.escape(check))", "/services", "/services?minutes=15", "/traces",
                    "/traces/\(StudioSample.traceID.hex)", "/trends", "/coverage", "/queue", "/runs/run-0", "/login",
                ]
                for page in pages {
                    steps += [
                        "goto \(web.url)\(page)",
                        "document.documentElement.scrollWidth <= innerWidth || location.pathname",
                    ]
                }
                let visit = try await BrowserTests.visit(web.url + "/", width: width, steps)
                #expect(visit.results.first == .number(2))
                #expect(visit.results.dropFirst(2).allSatisfy { $0 == .flag(true) }, "\(width): \(visit.results)")
                #expect(visit.problems.isEmpty, "\(visit.problems)")
            }
        }
    }

    @Test(.enabled(if: isInstalled, missing)) func `a waterfall opens to attributes, and a flamegraph can be searched`()
        async throws
    {
        try await WebFixture.serving(fill: { try await StudioSample.fill($0, runs: 1) }) { web in
            let visit = try await BrowserTests.visit(
                "\(web.url)/traces/\(StudioSample.traceID.hex)",
                [
                    "document.querySelectorAll('details.span').length",
                    "document.querySelector('details.span summary').click(); document.querySelector('details.span dl').innerText.includes('FROM products')",
                    "key /", "type timeout",
                    "[...document.querySelectorAll('details.span')].filter(row => !row.hidden).length",
                    "goto \(web.url)/services",
                    "document.querySelector('[data-opens=flame]').click(); document.getElementById('flame').open",
                    "document.querySelector('#flame svg.flame [role=tree], #flame svg.flame').focus()",
                    "document.querySelector('#flame .f').focus()", "key /", "key c", "key a", "key t", "key a", "key l",
                    "key o", "key g", "key Enter",
                    "document.querySelector('#flame .detail').textContent",
                    "document.querySelectorAll('#flame .f.miss').length > 0",
                ]
            )
            #expect(visit.results[0] == .number(24) && visit.results[1] == .flag(true))
            #expect(visit.results[2] == .number(1))
            #expect(visit.results[3] == .flag(true))
            guard case .text(let found) = visit.results[6] else { throw Failure(description: "\(visit.results)") }
            #expect(found.contains("match \"catalog\""), "\(found)")
            #expect(visit.results[7] == .flag(true))
            #expect(visit.problems.isEmpty, "\(visit.problems)")
        }
    }

    @Test(.enabled(if: isInstalled, missing)) func `a phone sees every figure of a table, and a missing page says so`()
        async throws
    {
        try await WebFixture.serving(fill: { try await StudioSample.fill($0, runs: 2) }) { web in
            let visit = try await BrowserTests.visit(
                web.url + "/services",
                width: 390,
                [
                    "[...document.querySelectorAll('#operations td')].every(cell => cell.getBoundingClientRect().right <= innerWidth)",
                    "getComputedStyle(document.querySelector('#operations td[data-label=p95]'), '::before').content.includes('p95')",
                    "goto \(web.url)/nothing", "document.querySelector('h1').innerText.includes('404')",
                    "document.documentElement.scrollWidth <= innerWidth",
                ]
            )
            #expect(visit.results == [.flag(true), .flag(true), .flag(true), .flag(true)])
            // What Chromium says of any page that is not there.
            #expect(visit.problems.allSatisfy { $0.contains("404") }, "\(visit.problems)")
        }
    }

    @Test(.enabled(if: isInstalled, missing))
    func `an anomaly is told on the front page, in the menu and with its chart`()
        async throws
    {
        try await WebFixture.serving(fill: { try await StudioSample.fill($0, runs: 1) }) { web in
            let visit = try await BrowserTests.visit(
                web.url + "/",
                [
                    "document.querySelector('.attention').innerText.includes('2.4 times as slow as usual: 24.0 ms instead of 10.0 ms')",
                    "document.querySelector('nav .count').innerText",
                    "document.querySelector('.attention a[href=\"/anomalies\"]').click()",
                    "wait location.pathname === '/anomalies'",
                    "document.querySelectorAll('svg.history polyline').length",
                    "document.querySelector('svg.history .episode').getBoundingClientRect().width > 50",
                    "document.body.innerText.includes('back at what is usual')",
                    "[...document.querySelectorAll('a')].find(link => link.innerText.startsWith('Flamegraph')).click()",
                    "wait location.pathname === '/services'",
                    "document.querySelector('#flame h2').textContent.includes('after against before')",
                ]
            )
            #expect(
                visit.results == [
                    .flag(true), .text("1"), .none, .number(2), .flag(true), .flag(true), .none, .flag(true),
                ],
                "\(visit.results)"
            )
            #expect(visit.problems.isEmpty, "\(visit.problems)")
        }
    }

    @Test(.enabled(if: isInstalled, missing)) func `everything is reached without a mouse`() async throws {
        try await WebFixture.serving(fill: { try await StudioSample.fill($0, runs: 1) }) { web in
            let visit = try await BrowserTests.visit(
                "\(web.url)/traces/\(StudioSample.traceID.hex)",
                [
                    "key Tab", "document.activeElement.className", "key Enter", "document.activeElement.id", "key /",
                    "document.activeElement.id", "document.querySelector('details.span summary').focus()", "key Enter",
                    "document.querySelector('details.span').open", "goto \(web.url)/services",
                    "document.querySelector('[data-opens=flame]').focus()", "key Enter",
                    "document.getElementById('flame').open", "key Escape", "document.getElementById('flame').open",
                ]
            )
            #expect(
                visit.results == [
                    .text("skip"), .text("content"), .text("words"), .none, .flag(true), .none, .flag(true),
                    .flag(false),
                ],
                "\(visit.results)"
            )
            #expect(visit.problems.isEmpty, "\(visit.problems)")
        }
    }

    @Test(.enabled(if: isInstalled, missing)) func `a finding is annotated and assigned, behind a login`() async throws
    {
        try await WebFixture.serving(
            { $0.tokens = WebFixture.tokens },
            fill: { try await StudioSample.fill($0, runs: 2) }
        ) { web in
            let visit = try await BrowserTests.visit(
                web.url + "/findings",
                [
                    "document.getElementById('token').value = '\(WebFixture.writer)'; document.querySelector('form .main').click()",
                    "wait location.pathname === '/findings'",
                    "document.querySelector('.finding summary').click()",
                    "document.querySelector('.finding [name=note]').value = 'looked at <b>it</b>'; document.querySelector('.finding [name=assignee]').value = 'dana'; document.querySelector('.finding [name=disposition]').value = 'accepted'; document.querySelector('.finding form .main').click()",
                    "wait document.body.innerText.includes('looked at <b>it</b>')",
                    "document.body.innerText.includes('accepted, dana')",
                ]
            )
            #expect(visit.results.last == .flag(true))
            #expect(visit.problems.isEmpty, "\(visit.problems)")
            let note = try #require(try await web.store.annotations(about: .finding).first)
            #expect(note.author == "plim_writer" && note.assignee == "dana")
        }
    }

    /// A folder with a project of the module `Shop` whose target never answers; the caller removes it.
    private static func projects(edition: String) throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "plimsoll-projects-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder.appending(path: "shop"), withIntermediateDirectories: true)
        try """
        moduleId: \(SampleReports.regression.run.moduleID)
        editionId: \(edition)
        target: { baseUrl: "http://127.0.0.1:1", healthCheck: { path: /, timeout: 60s } }
        tests: [{ type: load, endpoint: GET /, rps: 5, duration: 1s }]
        """.write(to: folder.appending(path: "shop/test-suite.plan.yaml"), atomically: true, encoding: .utf8)
        return folder
    }

    @Test(.enabled(if: isInstalled, missing)) func `a run is repeated from its page, and waits for an approval`()
        async throws
    {
        let folder = try BrowserTests.projects(edition: "vetclinic")
        defer { try? FileManager.default.removeItem(at: folder) }
        try await WebFixture.serving(
            { $0.projects = folder.path },
            fill: { try await StudioSample.fill($0, runs: 1) }
        ) { web in
            let visit = try await BrowserTests.visit(
                web.url + "/runs/run-0",
                [
                    "document.querySelector('[name=reason]').value = 'the cache was cold'; document.querySelector('form[action$=retry] button').click()",
                    "wait location.pathname.startsWith('/queue/')",
                    "document.body.innerText.includes('waits for an approval') && document.body.innerText.includes('the cache was cold')",
                    "document.querySelector('a[href=\"/runs/run-0\"]') !== null", "goto \(web.url)/",
                    "document.querySelector('.attention').innerText.includes('approval')",
                    "document.querySelector('.attention a[href^=\"/queue/\"]').click()",
                    "wait document.querySelector('form[action$=reject]') !== null",
                    "document.querySelector('form[action$=reject] button').click()",
                    "wait document.body.innerText.includes('rejected by local')",
                ]
            )
            #expect(visit.results[1] == .flag(true) && visit.results[2] == .flag(true), "\(visit.results)")
            #expect(visit.results[3] == .flag(true), "\(visit.results)")
            #expect(visit.problems.isEmpty, "\(visit.problems)")
        }
    }

    @Test(.enabled(if: isInstalled, missing)) func `a verdict is set for later runs, and shows on the tile`()
        async throws
    {
        try await WebFixture.serving(fill: { try await StudioSample.fill($0, runs: 1) }) { web in
            let visit = try await BrowserTests.visit(
                web.url + "/runs/run-0",
                [
                    "document.querySelector('[name=status]').value = 'pass'; document.querySelector('[name=statusDays]').value = '7'; document.querySelector('#note').value = 'ticket 4711'; document.querySelector('form[action$=annotate] .main').click()",
                    "wait document.body.innerText.includes('and that of later runs until')", "goto \(web.url)/",
                    "document.querySelector('.tile .label').innerText",
                ]
            )
            #expect(visit.results.last == .text("pass, set by local"))
            let note = try #require(try await web.store.annotations(about: .run, id: "run-0").first)
            #expect(note.status == "pass" && note.statusUntil == WebFixture.now + 7 * 86_400_000_000_000)
            #expect(visit.problems.isEmpty, "\(visit.problems)")
        }
    }

    @Test(.enabled(if: isInstalled, missing)) func `a run is asked for, approved, watched live and cancelled`()
        async throws
    {
        let folder = try BrowserTests.projects(edition: "standard")
        defer { try? FileManager.default.removeItem(at: folder) }
        try await WebFixture.serving({ $0.projects = folder.path }) { web in
            let visit = try await BrowserTests.visit(
                web.url + "/queue",
                [
                    "document.querySelector('[name=approval]').checked = true; document.querySelector('form .main').click()",
                    "wait document.body.innerText.includes('waits for an approval')",
                    "document.querySelector('form[action$=approve] button').click()",
                    "wait document.querySelectorAll('[data-live=log] li').length > 0",
                    "document.querySelector('[data-live=log] li').textContent",
                    "document.querySelector('form[action$=cancel] button').click()",
                    "wait document.querySelector('.banner.cancelled, .banner.failed-run') !== null",
                    "document.querySelector('.banner .word').textContent",
                ]
            )
            guard case .text(let began) = visit.results[2] else { throw Failure(description: "\(visit.results)") }
            #expect(began.contains("began"), "\(began)")
            #expect(visit.problems.isEmpty, "\(visit.problems)")
        }
    }
}
