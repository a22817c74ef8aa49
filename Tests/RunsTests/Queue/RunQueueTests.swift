import Analysis
import Baselines
import Foundation
import TestSupport
import Testing

@testable import Runs

/// Runs that the service is asked for.
@Suite struct RunQueueTests {
    /// A folder of two projects: one whose target is never there, and one beside it with a link that leads out.
    private struct Place {
        let folder = FileManager.default.temporaryDirectory.appending(path: "plimsoll-queue-\(UUID().uuidString)")

        init() throws {
            for name in ["shop/perf", "cart/perf"] {
                let project = folder.appending(path: "projects/" + name)
                try FileManager.default.createDirectory(at: project, withIntermediateDirectories: true)
                let module = name == "shop/perf" ? "Shop" : "Cart"
                try """
                moduleId: \(module)
                target: { baseUrl: "http://127.0.0.1:1", healthCheck: { path: /, timeout: 20s } }
                tests: [{ type: load, endpoint: GET /, rps: 5, duration: 1s }]
                """.write(to: project.appending(path: "test-suite.plan.yaml"), atomically: true, encoding: .utf8)
            }
            try FileManager.default.createSymbolicLink(
                at: folder.appending(path: "projects/out"),
                withDestinationURL: FileManager.default.temporaryDirectory
            )
        }

        func queue(_ change: (inout RunQueue.Settings) -> Void = { _ in }) -> RunQueue {
            var settings = RunQueue.Settings(
                projects: folder.appending(path: "projects").path,
                store: folder.appending(path: "store.db").path,
                output: folder.appending(path: "runs").path,
                environment: [:]
            )
            change(&settings)
            return RunQueue(settings: settings, now: { 7 })
        }

        func remove() { try? FileManager.default.removeItem(at: folder) }
    }

    private static func request(_ project: String, waits: Bool = false) -> RunRequest {
        var request = RunRequest(project: project, author: "dana")
        request.waitsForApproval = waits
        return request
    }

    @Test func `projects are found below the folder, by their path and by their module`() throws {
        let place = try Place()
        defer { place.remove() }
        let queue = place.queue()
        #expect(queue.projects == ["cart/perf", "shop/perf"])
        #expect(queue.project(ofModule: "Shop") == "shop/perf")
        #expect(queue.project(ofModule: "Nobody") == nil)
    }

    @Test(arguments: ["../../etc", "out", "shop/../../..", "/etc", "nothing"])
    func `no path leads out of the folder`(path: String) throws {
        let place = try Place()
        defer { place.remove() }
        #expect(throws: RunQueueError.self) { try place.queue().submit(RunQueueTests.request(path)) }
    }

    @Test func `without a folder nothing runs`() throws {
        let place = try Place()
        defer { place.remove() }
        let queue = place.queue { $0.projects = nil }
        #expect(!queue.isAllowed && queue.projects.isEmpty)
        #expect(throws: RunQueueError.self) { try queue.submit(RunQueueTests.request("shop/perf")) }
    }

    @Test func `a run that waits for an approval goes only then, and can be rejected`() async throws {
        let place = try Place()
        defer { place.remove() }
        let queue = place.queue()
        let run = try queue.submit(RunQueueTests.request("shop/perf", waits: true))
        #expect(run.state == .waiting && run.moduleID == "Shop")
        #expect(try queue.reject(run.id, by: "kim").progress == "rejected by kim")
        #expect(throws: RunQueueError.wrongState("\(run.id) does not wait for an approval")) {
            try queue.approve(run.id, by: "kim")
        }
        let second = try queue.submit(RunQueueTests.request("shop/perf", waits: true))
        let approved = try queue.approve(second.id, by: "kim")
        #expect(approved.approvedBy == "kim" && approved.state == .running)
        await queue.stop()
        #expect(queue.run(second.id)?.state.isOver == true)
    }

    @Test func `one run at a time for a target, and the queue is bounded`() async throws {
        let place = try Place()
        defer { place.remove() }
        let queue = place.queue { $0.waiting = 2 }
        let first = try queue.submit(RunQueueTests.request("shop/perf"))
        // Another project of the same target waits for it.
        let second = try queue.submit(RunQueueTests.request("cart/perf"))
        #expect(first.state == .running && second.state == .queued)
        #expect(throws: RunQueueError.full(2)) { try queue.submit(RunQueueTests.request("shop/perf")) }
        #expect(try queue.cancel(second.id).state == .cancelled)
        #expect(throws: RunQueueError.wrongState("\(second.id) is over")) { try queue.cancel(second.id) }
        await queue.stop()
        #expect(queue.runs.map(\.id) == [second.id, first.id])
    }

    @Test func `once stopped it takes no run, and begins none that was waiting`() async throws {
        let place = try Place()
        defer { place.remove() }
        let queue = place.queue()
        let waiting = try queue.submit(RunQueueTests.request("shop/perf", waits: true))
        await queue.stop()
        #expect(throws: RunQueueError.stopped) { try queue.submit(RunQueueTests.request("shop/perf")) }
        #expect(throws: RunQueueError.self) { try queue.approve(waiting.id, by: "kim") }
        #expect(queue.runs.allSatisfy { $0.state == .cancelled })
    }

    @Test func `a reason is cut to what the store keeps of a note`() async throws {
        let place = try Place()
        defer { place.remove() }
        let queue = place.queue()
        var request = RunQueueTests.request("shop/perf", waits: true)
        request.reason = String(repeating: "é", count: 10_000)
        #expect(try queue.submit(request).reason.utf8.count == RunRequest.reasonLimit)
        await queue.stop()
    }

    @Test
    func `what people said about earlier runs decides a run of the service, and its report says whose word it was`()
        async throws
    {
        let place = try Place()
        defer { place.remove() }
        let server = try LoopbackServer { _ in .answer(body: Array("{}".utf8)) }
        defer { server.stop() }
        let earlier = SampleReports.regression
        let plan = place.folder.appending(path: "projects/shop/perf/test-suite.plan.yaml")
        try """
        moduleId: \(earlier.run.moduleID)
        editionId: \(earlier.run.editionID)
        target: { baseUrl: "\(server.url)", healthCheck: { path: /, timeout: 20s } }
        tests: [{ type: load, endpoint: GET /, rps: 5, duration: 1s, warmup: 0s }]
        """.write(to: plan, atomically: true, encoding: .utf8)
        try "drain: { timeout: 100ms }".write(
            to: plan.deletingLastPathComponent().appending(path: "observability.config.yaml"),
            atomically: true,
            encoding: .utf8
        )
        let store = try BaselineStore(path: place.folder.appending(path: "store.db").path)
        try await store.record(earlier)
        let said = StoredAnnotation(
            subject: .run,
            subjectID: earlier.run.id,
            author: "anna",
            at: 1_795_305_600_000_000_000,
            note: "ticket 4711",
            excludedUntil: 4_000_000_000_000_000_000
        )
        _ = try #require(try await store.add(said))

        let queue = place.queue()
        let run = try queue.submit(RunQueueTests.request("shop/perf"))
        if let events = queue.events(of: run.id) { for await _ in events {} }
        let over = try #require(queue.run(run.id))
        #expect(over.state == .finished, "\(over.progress)")
        let id = try #require(over.runIDs.first)
        let report = try #require(try await store.report(id))
        let exclusion = report.tests.first?.verdict.gateExclusion
        #expect(
            exclusion?.hasPrefix("annotation 1 of 2026-11-22 by anna: ticket 4711, until 20") == true,
            "\(exclusion ?? "-")"
        )
        await queue.stop()
    }

    @Test func `who watches is told what was and what comes, from where they were`() async {
        let feed = RunEvents()
        feed.tell(.note, "one")
        feed.tell(.progress, "two", share: 0.5)
        let watched = feed.events(after: 1, most: 1)
        #expect(feed.events(after: 0, most: 1) == nil)
        feed.tell(.end, "three")
        var texts: [String] = []
        if let watched { for await event in watched { texts.append("\(event.number) \(event.text)") } }
        #expect(texts == ["2 two", "3 three"])
        var late: [Int] = []
        if let events = feed.events(after: 0, most: 0) { for await event in events { late.append(event.number) } }
        #expect(late == [1, 2, 3])
    }
}
