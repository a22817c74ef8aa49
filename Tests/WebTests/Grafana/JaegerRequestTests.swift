import Curl
import Foundation
import Telemetry
import TestSupport
import Testing

@testable import Web

/// The requests that Grafana's Jaeger data source sends, letter for letter (`spec/wire.md` 5.1).
@Suite struct JaegerRequestTests {
    @Test func `lists services in the envelope of the query API`() async throws {
        try await FeedServer.serving { feed in
            let answer = try await feed.json("/api/services")
            #expect(answer.status == 200)
            #expect(answer.body["data"] as? [String] == ["frontend", "orders"])
            #expect(answer.body["total"] as? Int == 2)
            #expect(answer.body["errors"] is NSNull)
        }
    }

    @Test func `an empty store has a list of no services`() async throws {
        try await FeedServer.serving(minutes: 0) { feed in
            let text = String(decoding: try await feed.get("/api/services").body, as: UTF8.self)
            #expect(text.contains("\"data\":[]"))
        }
    }

    @Test func `lists the operations of a service whose name is escaped`() async throws {
        try await FeedServer.serving { feed in
            let answer = try await feed.json("/api/services/order%73/operations")
            #expect(answer.body["data"] as? [String] == ["INSERT orders", "POST /orders/{id}"])
            let unknown = try await feed.json("/api/services/a%2Fb%20c/operations")
            #expect(unknown.status == 200)
            #expect(unknown.body["data"] as? [String] == [])
        }
    }

    @Test func `lists operations with their kind, of one kind where it is named`() async throws {
        try await FeedServer.serving { feed in
            let all = try await feed.json("/api/operations?service=orders")
            #expect(
                all.body["data"] as? [[String: String]] == [
                    ["name": "INSERT orders", "spanKind": "client"],
                    ["name": "POST /orders/{id}", "spanKind": "server"],
                ]
            )
            let served = try await feed.json("/api/operations?service=orders&spanKind=server")
            #expect((served.body["data"] as? [Any])?.count == 1)
            #expect(try await feed.json("/api/operations").status == 400)
        }
    }

    /// The search of `pkg/tsdb/jaeger/client.go`, which sends no window at all, in the order of Go's `url.Values`.
    @Test func `searches as Grafana's backend does, without a window`() async throws {
        try await FeedServer.serving { feed in
            for (query, count) in [
                ("limit=200&maxDuration=10s&minDuration=1ms&operation=POST+%2Fcheckout&service=frontend", 40),
                (
                    "limit=20&service=frontend&tags=%7B%22error%22%3A%22true%22%2C%22http.route%22%3A%22%2Fcheckout%22%7D",
                    4
                ),
                ("limit=20&minDuration=1.2s&service=frontend", 0), ("service=nobody", 0),
                ("limit=20&operation=all&service=frontend", 20),
                ("service=frontend&tags=%7B%22error%22%3A%22true%22%7D&tag=http.route:/checkout", 4),
                ("lookback=1h&raw=true&prettyPrint=true&service=orders&limit=7", 7),
            ] {
                let answer = try await feed.json("/api/traces?\(query)")
                #expect(answer.status == 200)
                #expect((answer.body["data"] as? [Any])?.count == count, "\(query)")
                #expect(answer.body["errors"] is NSNull)
            }
        }
    }

    @Test func `searches as Grafana does, with blanks as plus signs and microseconds`() async throws {
        let start = SampleMinutes.start / 1_000
        let path =
            "/api/traces?end=\(start + 120_000_000)&limit=20&lookback=custom&maxDuration=1.2s&minDuration=100ms"
            + "&operation=POST+%2Fcheckout&service=frontend&start=\(start)&tags=%7B%22error%22%3A%22true%22%7D"
        try await FeedServer.serving { feed in
            let answer = try await feed.json(path)
            #expect(answer.status == 200)
            let traces = try #require(answer.body["data"] as? [[String: Any]])
            // Of twenty requests a minute the first and the eleventh fail.
            #expect(traces.count == 4)
            let trace = try #require(traces.first)
            let spans = try #require(trace["spans"] as? [[String: Any]])
            let processes = try #require(trace["processes"] as? [String: [String: Any]])
            #expect(spans.count == 4)
            #expect(Set(processes.values.compactMap { $0["serviceName"] as? String }) == ["frontend", "orders"])
            for span in spans {
                #expect(processes[span["processID"] as? String ?? ""] != nil)
                #expect(span["traceID"] as? String == trace["traceID"] as? String)
                let time = try #require(span["startTime"] as? UInt64)
                #expect(time >= start && time < start + 120_000_000)
            }
            let root = try #require(spans.first)
            #expect((root["references"] as? [Any])?.isEmpty == true)
            #expect(
                spans[1]["references"] as? [[String: String]] == [
                    [
                        "refType": "CHILD_OF", "traceID": trace["traceID"] as? String ?? "",
                        "spanID": root["spanID"] as? String ?? "",
                    ]
                ]
            )
            let tags = try #require(root["tags"] as? [[String: Any]])
            let error = try #require(tags.first { $0["key"] as? String == "error" })
            #expect(error["type"] as? String == "bool")
            #expect(error["value"] as? Bool == true)
        }
    }

    @Test func `takes tags as pairs, repeated trace ids, and cuts the limit`() async throws {
        try await FeedServer.serving { feed in
            let first = SampleMinutes.trace(3, in: 0).traceID.hex
            let second = SampleMinutes.trace(4, in: 1).traceID.hex
            let byID = try await feed.json("/api/traces?traceID=\(first)&traceID=\(second)&traceID=ff")
            let ids = (byID.body["data"] as? [[String: Any]])?.compactMap { $0["traceID"] as? String }
            #expect(ids == [first, second])
            let missing = try #require(byID.body["errors"] as? [[String: Any]])
            #expect(missing.map { $0["traceID"] as? String } == ["ff"])
            #expect(missing.map { $0["msg"] as? String } == ["trace not found"])
            let byTag = try await feed.json("/api/traces?service=orders&tag=http.route:/checkout&limit=3")
            #expect((byTag.body["data"] as? [Any])?.count == 3)
            let huge = try await feed.json("/api/traces?service=orders&limit=99999999")
            #expect((huge.body["data"] as? [Any])?.count == 40)
        }
    }

    @Test(arguments: [
        "", "service=", "service=a&limit=many", "service=a&minDuration=fast", "service=a&start=yesterday",
        "service=a&tags=%7B%22n%22%3A5%7D", "service=a&tag=nothing", "service=a&start=1795305600000000&end=1",
        "traceID=xyz", "service=a&minDuration=2s&maxDuration=1s",
    ])
    func `says in Jaeger's shape what is wrong with a search`(query: String) async throws {
        try await FeedServer.serving(minutes: 0) { feed in
            let answer = try await feed.json("/api/traces?\(query)")
            #expect(answer.status == 400)
            #expect(answer.body["data"] is NSNull)
            let error = try #require((answer.body["errors"] as? [[String: Any]])?.first)
            #expect(error["code"] as? Int == 400)
            #expect((error["msg"] as? String)?.isEmpty == false)
        }
    }

    @Test func `a trace by its id is one trace, and an unknown one is 404, never an empty list`() async throws {
        try await FeedServer.serving { feed in
            let id = SampleMinutes.trace(0, in: 1).traceID.hex
            let milliseconds = SampleMinutes.start / 1_000_000
            for window in ["", "?start=\(milliseconds)&end=\(milliseconds + 120_000)"] {
                let answer = try await feed.json("/api/traces/\(id)\(window)")
                #expect(answer.status == 200)
                #expect((answer.body["data"] as? [[String: Any]])?.first?["traceID"] as? String == id)
            }
            // Senders leave leading zeros out, and some write capitals.
            #expect(try await feed.get("/api/traces/\(id.dropFirst(2).uppercased())").status == 200)
            let unknown = try await feed.json("/api/traces/0af7651916cd43dd8448eb211c80319c")
            #expect(unknown.status == 404)
            #expect(unknown.body["data"] is NSNull)
            #expect(try await feed.get("/api/traces/no-trace").status == 400)
            #expect(try await feed.get("/api/traces/00000000000000000000000000000000").status == 400)
        }
    }

    @Test func `tells who calls whom, by milliseconds`() async throws {
        try await FeedServer.serving { feed in
            let end = SampleMinutes.start / 1_000_000 + 120_000
            let answer = try await feed.json("/api/dependencies?endTs=\(end)&lookback=3600000")
            let calls = try #require(answer.body["data"] as? [[String: Any]])
            #expect(calls.map { $0["parent"] as? String } == ["frontend"])
            #expect(calls.map { $0["child"] as? String } == ["orders"])
            #expect((calls.first?["callCount"] as? Int ?? 0) > 0)
            let mine = try await feed.json("/api/dependencies?endTs=\(end)&lookback=3600000&service=orders")
            #expect((mine.body["data"] as? [Any])?.count == 1)
            let others = try await feed.json("/api/dependencies?endTs=\(end)&lookback=3600000&service=x")
            #expect((others.body["data"] as? [Any])?.isEmpty == true)
            let before = try await feed.json("/api/dependencies?endTs=\(end - 3_600_000)&lookback=60000")
            #expect((before.body["data"] as? [Any])?.isEmpty == true)
            #expect(try await feed.json("/api/dependencies?lookback=soon").status == 400)
        }
    }
}
