import Collectors
import Curl
import Logging
import ServiceLifecycle
import Telemetry
import Testing

@Suite struct PrometheusScraperTests {
    private static let text = "text/plain; version=0.0.4"

    /// Runs a scraper until it has handed over `count` lists.
    private func scrapes(
        of url: String,
        count: Int,
        interval: Duration = .milliseconds(50),
        limits: ExpositionLimits = ExpositionLimits(),
        counters: ScraperCounters = ScraperCounters()
    ) async -> [[MetricPoint]] {
        let (lists, continuation) = AsyncStream.makeStream(of: [MetricPoint].self)
        let scraper = PrometheusScraper(
            targets: [(service: "shop", url: url)],
            interval: interval,
            client: HTTPClient(),
            counters: counters,
            logger: .silent,
            limits: limits,
            now: { 42 },
            sink: { continuation.yield($0) }
        )
        return await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await scraper.run() }
            defer { group.cancelAll() }
            var collected: [[MetricPoint]] = []
            for await list in lists {
                collected.append(list)
                if collected.count == count { break }
            }
            return collected
        }
    }

    private func up(_ points: [MetricPoint]) -> Double? { points.first { $0.name == "up" }?.value }

    @Test func `fetches metrics again and again, with the target's labels`() async throws {
        let server = try ScriptedServer([
            ScriptedServer.answer("200 OK", type: Self.text, "# TYPE hits counter\nhits 1\n"),
            ScriptedServer.answer("200 OK", type: Self.text, "hits{service=\"own\"} 2\n"),
        ])
        let lists = await scrapes(of: "http://127.0.0.1:\(server.port)/metrics", count: 2)
        let instance = "127.0.0.1:\(server.port)"
        let own = ["service": "shop", "instance": instance]
        let up = MetricPoint(name: "up", labels: own, kind: .gauge, value: 1, timeNanoseconds: 42)
        #expect(
            lists[0] == [MetricPoint(name: "hits", labels: own, kind: .counter, value: 1, timeNanoseconds: 42), up]
        )
        let renamed = own.merging(["exported_service": "own"]) { first, _ in first }
        #expect(lists[1].filter(\.isStale).map(\.labels) == [own])
        #expect(
            lists[1].filter { !$0.isStale }
                == [MetricPoint(name: "hits", labels: renamed, kind: .unknown, value: 2, timeNanoseconds: 42), up]
        )
        let request = try #require(server.requests.first)
        #expect(request.hasPrefix("GET /metrics HTTP/1.1\r\n"))
        let accepted = "application/openmetrics-text;version=1.0.0;q=0.8,text/plain;version=0.0.4;q=0.5,*/*;q=0.1"
        let protobuf = "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited"
        #expect(request.contains("Accept: \(protobuf),\(accepted)\r\n"))
        #expect(request.contains("X-Prometheus-Scrape-Timeout-Seconds: 0.045"))
    }

    @Test func `a failed scrape is up 0 and brings nothing, and the next one may succeed`() async throws {
        let fine = ScriptedServer.answer("200 OK", type: Self.text, "a 1\n")
        let server = try ScriptedServer([
            ScriptedServer.answer("500 Internal Server Error", type: Self.text, "a 1\n"),
            ScriptedServer.answer("200 OK", type: Self.text, "a 1\nb x\n"),
            ScriptedServer.answer("200 OK", type: "text/html", "<html></html>"),
            fine,
        ])
        let counters = ScraperCounters()
        let lists = await scrapes(
            of: "http://127.0.0.1:\(server.port)/metrics",
            count: 4,
            interval: .milliseconds(200),
            counters: counters
        )
        #expect(lists.map(up) == [0, 0, 0, 1])
        #expect(lists.map(\.count) == [1, 1, 1, 2])
        let snapshot = counters.snapshot
        #expect(snapshot.failures == 3)
        #expect(
            snapshot.lastFailure
                == "shop: the metrics cannot be read: text/html is neither Prometheus text nor OpenMetrics"
        )
    }

    @Test func `a series that is gone and all series of a failed scrape end with a stale marker`() async throws {
        let server = try ScriptedServer([
            ScriptedServer.answer("200 OK", type: Self.text, "a 1\nb 1\nc NaN\n"),
            ScriptedServer.answer("200 OK", type: Self.text, "a 1\nc NaN\n"),
            ScriptedServer.answer("500 Internal Server Error", type: Self.text, ""),
            ScriptedServer.answer("500 Internal Server Error", type: Self.text, ""),
            ScriptedServer.answer("200 OK", type: Self.text, "a 2\n"),
        ])
        let lists = await scrapes(
            of: "http://127.0.0.1:\(server.port)/metrics",
            count: 5,
            interval: .milliseconds(200)
        )
        #expect(lists.map { $0.filter(\.isStale).map(\.name).sorted() } == [[], ["b"], ["a", "c"], [], []])
        #expect(
            lists.map { $0.filter { !$0.isStale }.map(\.name) } == [
                ["a", "b", "c", "up"], ["a", "c", "up"], ["up"], ["up"], ["a", "up"],
            ]
        )
    }

    @Test func `a target that does not listen is up 0`() async throws {
        let unused = try ScriptedServer([""]).port
        let counters = ScraperCounters()
        let lists = await scrapes(of: "http://127.0.0.1:\(unused)/metrics", count: 1, counters: counters)
        #expect(lists.map(up) == [0])
        #expect(counters.snapshot.failures == 1)
    }

    @Test func `a body over the limit is up 0`() async throws {
        let body = String(repeating: "a 1\n", count: 1_000)
        let server = try ScriptedServer([ScriptedServer.answer("200 OK", type: Self.text, body)])
        let lists = await scrapes(
            of: "http://127.0.0.1:\(server.port)/",
            count: 1,
            interval: .seconds(1),
            limits: ExpositionLimits(bodyBytes: 1_000)
        )
        #expect(lists.map(up) == [0])
    }

    @Test func `stops on graceful shutdown in the middle of its interval`() async throws {
        let server = try ScriptedServer([ScriptedServer.answer("200 OK", type: Self.text, "a 1\n")])
        let (lists, continuation) = AsyncStream.makeStream(of: [MetricPoint].self)
        let scraper = PrometheusScraper(
            targets: [(service: "shop", url: "http://127.0.0.1:\(server.port)/")],
            interval: .seconds(3_600),
            client: HTTPClient(),
            logger: .silent,
            sink: { continuation.yield($0) }
        )
        let group = ServiceGroup(services: [scraper], gracefulShutdownSignals: [], logger: .silent)
        async let running: Void = group.run()
        #expect(await lists.first { _ in true }?.count == 2)
        await group.triggerGracefulShutdown()
        try await running
    }
}
