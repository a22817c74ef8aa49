import Analysis
import Baselines
import Foundation
import Runs
import Synchronization
import TestSupport
import Testing

@Suite struct GrafanaAnnotationTests {
    private let deploy = DeployMarker(
        service: "catalog",
        version: "2.0 rc/1",
        at: 1_795_305_600_000_000_000,
        source: .declared,
        message: "new index"
    )

    private func annotations(_ server: LoopbackServer, attempts: Int = 3) -> GrafanaAnnotations {
        GrafanaAnnotations(
            access: GrafanaAccess(url: server.url + "/", token: "glsa_secret"),
            pauses: Array(repeating: .milliseconds(1), count: attempts - 1)
        )
    }

    @Test func `sends what Grafana's API expects`() async throws {
        let server = try LoopbackServer { request in
            .answer(body: Array((request.method == "GET" ? "[]" : #"{"id":1,"message":"Annotation added"}"#).utf8))
        }
        defer { server.stop() }
        #expect(try await annotations(server).publish(GrafanaAnnotation(deploy)) == .created)
        let requests = server.requests
        #expect(requests.map(\.method) == ["GET", "POST"])
        #expect(requests[0].target.contains("tags=plimsoll-id%3Adeploy%3Acatalog%402.0%20rc%2F1%40"))
        #expect(requests[1].target == "/api/annotations")
        #expect(requests[1].header("Authorization") == "Bearer glsa_secret")
        #expect(requests[1].header("Content-Type") == "application/json")
        let body = try #require(try JSONSerialization.jsonObject(with: Data(requests[1].body)) as? [String: Any])
        #expect(body["time"] as? UInt64 == 1_795_305_600_000)
        #expect(body["timeEnd"] == nil)
        #expect(body["text"] as? String == "catalog 2.0 rc/1: new index")
        #expect((body["tags"] as? [String])?.prefix(3) == ["plimsoll", "deploy", "catalog"])
    }

    @Test func `does not write what is there`() async throws {
        let identity = try #require(GrafanaAnnotation(deploy).tags.last)
        let server = try LoopbackServer { _ in
            .answer(body: Array(#"[{"id":4,"tags":["plimsoll","\#(identity)"]}]"#.utf8))
        }
        defer { server.stop() }
        #expect(try await annotations(server).publish(GrafanaAnnotation(deploy)) == .known)
        #expect(server.requests.map(\.method) == ["GET"])
    }

    @Test func `tries again where Grafana is overloaded, and not where it refuses`() async throws {
        let asked = Mutex(0)
        let busy = try LoopbackServer { _ in
            let number = asked.withLock { count in
                count += 1
                return count
            }
            return number <= 2 ? .answer(status: number == 1 ? 503 : 429) : .answer(body: Array("[]".utf8))
        }
        defer { busy.stop() }
        #expect(try await annotations(busy).publish(GrafanaAnnotation(deploy)) == .created)
        #expect(busy.requests.count == 4)
        let closed = try LoopbackServer { _ in .answer(status: 403) }
        defer { closed.stop() }
        await #expect {
            try await annotations(closed).publish(GrafanaAnnotation(deploy))
        } throws: { error in
            "\(error)".contains("403") && "\(error)".contains("role Editor") && !"\(error)".contains("glsa_secret")
        }
        #expect(closed.requests.count == 1)
    }

    @Test func `an environment without a URL writes nothing, one without a token is told`() throws {
        #expect(try GrafanaAccess(environment: [:]) == nil)
        let access = try GrafanaAccess(
            environment: ["PLIMSOLL_GRAFANA_URL": "http://g:3000/grafana/", "PLIMSOLL_GRAFANA_TOKEN": "t"]
        )
        #expect(access?.url == "http://g:3000/grafana")
        for environment in [
            ["PLIMSOLL_GRAFANA_URL": "http://g:3000"], ["PLIMSOLL_GRAFANA_URL": "g", "PLIMSOLL_GRAFANA_TOKEN": "t"],
        ] {
            #expect(throws: RunFailure.self) { try GrafanaAccess(environment: environment) }
        }
    }

    private func withStore(_ body: (BaselineStore) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "plimsoll-notes-\(UUID().uuidString).db").path
        defer {
            for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
        }
        try await body(try BaselineStore(path: path))
    }

    @Test func `a deploy in the store is written once, and again only after a failure`() async throws {
        try await withStore { store in
            try await store.record(deploy)
            let isDown = Mutex(true)
            let server = try LoopbackServer { _ in
                isDown.withLock { $0 } ? .answer(status: 502) : .answer(body: Array("[]".utf8))
            }
            defer { server.stop() }
            let time = deploy.at
            let feed = AnnotationFeed(store: store, annotations: annotations(server, attempts: 1), now: { time })
            var settled: Set<String> = []
            #expect(try await feed.look(&settled).failed == 1)
            isDown.withLock { $0 = false }
            #expect(try await feed.look(&settled).created == 1)
            #expect(try await feed.look(&settled) == AnnotationFeed.Progress())
            #expect(server.requests.count { $0.method == "POST" } == 1)
            #expect(feed.counters.snapshot.created == 1 && feed.counters.snapshot.failed == 1)
        }
    }

    @Test(arguments: [400, 409, 413, 422])
    func `what Grafana will never take is passed over and counted, and holds nothing newer up`(status: Int) async throws
    {
        try await withStore { store in
            try await store.record(deploy)
            let newer = DeployMarker(
                service: "catalog",
                version: "3",
                at: deploy.at + 1_000_000_000,
                source: .declared
            )
            try await store.record(newer)
            var check = try #require(SampleChecks.all.first).report
            check.checkedAt = newer.at
            try await store.record(check)
            let server = try LoopbackServer { request in
                guard request.method == "POST" else { return .answer(body: Array("[]".utf8)) }
                let isBad = String(decoding: request.body, as: UTF8.self).contains("2.0 rc")
                return .answer(status: isBad ? status : 200, body: Array("{}".utf8))
            }
            defer { server.stop() }
            let time = newer.at
            let feed = AnnotationFeed(store: store, annotations: annotations(server), now: { time })
            var settled: Set<String> = []
            let progress = try await feed.look(&settled)
            #expect(progress.refused == 1 && progress.created == 2 && progress.failed == 0)
            #expect(progress.lastError?.contains("\(status)") == true)
            #expect(try await feed.look(&settled) == AnnotationFeed.Progress())
            #expect(server.requests.count { $0.method == "POST" } == 3)
            #expect(feed.counters.snapshot.refused == 1)
        }
    }

    @Test func `waits as long as Grafana asks for, and asks nothing more meanwhile`() async throws {
        try await withStore { store in
            try await store.record(deploy)
            let server = try LoopbackServer { _ in .answer(status: 429, headers: ["Retry-After: 40"]) }
            defer { server.stop() }
            let time = deploy.at
            let feed = AnnotationFeed(store: store, annotations: annotations(server), now: { time })
            var settled: Set<String> = []
            let progress = try await feed.look(&settled)
            #expect(progress.failed == 1 && progress.retryAfter == .seconds(40))
            #expect(server.requests.count == 1)
            #expect(settled.isEmpty)
        }
    }
}
