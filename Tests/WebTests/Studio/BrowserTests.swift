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
                let pages = [
                    "/", "/runs", "/findings", "/deploys", "/services", "/traces",
                    "/traces/\(StudioSample.traceID.hex)",
                    "/trends", "/coverage", "/queue", "/runs/run-0",
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

    @Test(.enabled(if: isInstalled, missing)) func `a run is asked for, approved, watched live and cancelled`()
        async throws
    {
        let folder = FileManager.default.temporaryDirectory.appending(path: "plimsoll-projects-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder.appending(path: "shop"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try """
        moduleId: Shop
        target: { baseUrl: "http://127.0.0.1:1", healthCheck: { path: /, timeout: 60s } }
        tests: [{ type: load, endpoint: GET /, rps: 5, duration: 1s }]
        """.write(to: folder.appending(path: "shop/test-suite.plan.yaml"), atomically: true, encoding: .utf8)
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
