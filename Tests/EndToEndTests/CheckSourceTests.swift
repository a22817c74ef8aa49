import Curl
import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// `plimsoll check` on what it may be pointed at: files, a Jaeger, a Tempo, and a service that runs.
    @Suite struct CheckSources {
        private static let now = UInt64(Date().timeIntervalSince1970 * 1e9)
        /// A quarter of an hour ago, a whole minute.
        private static let deployed = (now / 60_000_000_000 - 15) * 60_000_000_000

        private static func traces(
            _ version: String,
            from start: UInt64,
            milliseconds: Double,
            seconds: Double = 900,
            seed: UInt64
        ) -> CartTraces {
            CartTraces(
                version: version,
                start: start,
                seconds: seconds,
                milliseconds: milliseconds,
                count: 450,
                seed: seed
            )
        }

        private static let before = traces("1.0", from: deployed - 900_000_000_000, milliseconds: 20, seed: 1)

        private static func check(_ place: Workplace, _ arguments: String...) async throws -> TestSupport.Command.Result
        {
            try await TestSupport.Command(
                Workplace.plimsoll,
                ["check", "--json"] + arguments,
                directory: place.directory,
                environment: ["PLIMSOLL_SERVER_TOKEN": ""]
            ).wait()
        }

        private static func answer(_ result: TestSupport.Command.Result) throws -> JSONValue {
            try JSONDecoder().decode(JSONValue.self, from: Data(result.standardOutput.utf8))
        }

        private static func send(_ traces: CartTraces, to service: RunningService) async throws {
            let answer = try await HTTPClient(connections: 1).send(
                HTTPRequest(
                    method: "POST",
                    url: "http://127.0.0.1:\(service.otlp)/v1/traces",
                    headers: [HTTPHeader(name: "Content-Type", value: "application/json")],
                    body: Array(traces.json.utf8)
                )
            )
            #expect(answer.status == 200)
        }

        @Test func `files of two times are compared, whenever they are from`() async throws {
            let place = try Workplace()
            let slower = Self.traces("1.1", from: Self.deployed, milliseconds: 34, seed: 2)
            try place.write(Self.before.json, to: "before.json")
            try place.write(slower.json, to: "slower.json")
            try place.write(Self.traces("1.1", from: Self.deployed, milliseconds: 20, seed: 3).json, to: "same.json")
            let yesterday = Self.traces("1.1", from: Self.deployed - 86_400_000_000_000, milliseconds: 34, seed: 4)
            try place.write(yesterday.json, to: "yesterday.json")
            for name in ["slower.json", "yesterday.json"] {
                let found = try await Self.check(place, "--current", "perf/\(name)", "--baseline", "perf/before.json")
                #expect(found.exitCode == 1, "\(found.standardError)")
                #expect(try Self.answer(found)["culprit"]["service"].string == "cart")
                #expect(try Self.answer(found)["version"].string == "1.1")
            }
            // One heap of both: the version changes in it.
            let heap = try await Self.check(
                place,
                "--current",
                "perf/before.json",
                "perf/slower.json",
                "--out",
                "report"
            )
            #expect(heap.exitCode == 1, "\(heap.standardError)")
            #expect(place.exists("report/anomaly-report.html"))
            let fine = try await Self.check(place, "--current", "perf/same.json", "--baseline", "perf/before.json")
            #expect(fine.exitCode == 0, "\(fine.standardOutput)\(fine.standardError)")
            let alone = try await Self.check(place, "--current", "perf/slower.json")
            #expect(alone.exitCode == 2 && alone.standardError.contains("--deployed is missing"))
        }

        @Test func `a Jaeger and a Tempo are asked by their addresses`() async throws {
            let place = try Workplace()
            let service = try await RunningService(in: place)
            // Of the minute that runs and the next one: the service has them in memory and answers for them.
            let start = UInt64(Date().timeIntervalSince1970 * 1e9)
            try await Self.send(Self.traces("1.1", from: start, milliseconds: 34, seconds: 55, seed: 5), to: service)
            let early = Self.traces("1.0", from: start - 60_000_000_000, milliseconds: 20, seconds: 58, seed: 6)
            try place.write(early.json, to: "before.json")
            for query in ["/api/traces?service=cart&limit=1000", "/api/search?tags=service.name%3Dcart&limit=1000"] {
                let found = try await Self.check(
                    place,
                    "--current",
                    service.url + query,
                    "--baseline",
                    "perf/before.json"
                )
                #expect(found.exitCode == 1, "\(query): \(found.standardOutput)\(found.standardError)")
                #expect(try Self.answer(found)["culprit"]["operation"].string == "SELECT cart")
            }
            _ = try await service.stop()
            let gone = try await Self.check(
                place,
                "--current",
                service.url + "/api/traces",
                "--baseline",
                "perf/before.json"
            )
            #expect(gone.exitCode == 3, "\(gone.standardError)")
        }

        @Test func `a service that runs is asked like its store`() async throws {
            let place = try Workplace()
            let first = try await RunningService(in: place)
            let start = UInt64(Date().timeIntervalSince1970 * 1e9)
            try await Self.send(Self.traces("1.1", from: start, milliseconds: 34, seconds: 1, seed: 7), to: first)
            // It ends and begins again with the minute stored.
            #expect(try await first.stop().exitCode == 0)
            let service = try await RunningService(in: place)
            let marked = try await TestSupport.Command(
                Workplace.plimsoll,
                ["deploy", "--service", "cart", "--version", "1.1", "--server", service.url]
            ).wait()
            #expect(
                marked.exitCode == 0 && marked.standardOutput.contains("marked cart 1.1"),
                "\(marked.standardError)"
            )
            let twice = try await TestSupport.Command(
                Workplace.plimsoll,
                ["deploy", "--service", "cart", "--version", "1.1", "--at", "7", "--server", service.url]
            ).wait()
            #expect(twice.exitCode == 2 && twice.standardError.contains("between the year 2000"))
            let listed = try await TestSupport.Command(
                Workplace.plimsoll,
                ["deploy", "--list", "--json", "--server", service.url]
            ).wait()
            #expect(listed.standardOutput.contains("\"version\":\"1.1\""))

            let here = try await Self.check(place, "--store", place.store, "--service", "cart")
            let there = try await Self.check(place, "--server", service.url, "--service", "cart", "--out", "report")
            #expect(here.exitCode == 5 && there.exitCode == 5, "\(there.standardError)")
            let (one, other) = (try Self.answer(here), try Self.answer(there))
            for key in ["verdict", "summary", "service", "version", "deployedAt"] {
                #expect(one[key].string == other[key].string)
            }
            #expect(place.exists("report/anomaly-report.json"))
            let unknown = try await Self.check(place, "--server", service.url, "--service", "orders")
            #expect(unknown.exitCode == 2 && unknown.standardError.contains("no deploy of orders"))
            let receiver = try await Self.check(place, "--server", "http://127.0.0.1:\(service.otlp)")
            #expect(receiver.exitCode == 3 && receiver.standardError.contains("no Plimsoll service"))
            _ = try await service.stop()
            let gone = try await Self.check(place, "--server", service.url)
            #expect(gone.exitCode == 3 && gone.standardError.contains("connection refused"))
        }

        @Test func `with tokens the service wants one, and does not say which it knows`() async throws {
            let place = try Workplace()
            let made = try await TestSupport.Command(
                Workplace.plimsoll,
                ["token", "create", "--name", "ci", "--scope", "read,write", "--tokens", place.directory + "/tokens"]
            ).wait()
            let token = made.standardOutput.trimmingCharacters(in: .whitespacesAndNewlines)
            let service = try await RunningService(in: place, "--tokens", place.directory + "/tokens")
            let without = try await Self.check(place, "--server", service.url)
            #expect(without.exitCode == 2 && without.standardError.contains("PLIMSOLL_SERVER_TOKEN"))
            let wrong = try await Self.check(place, "--server", service.url, "--token", "plim_wrong")
            #expect(wrong.exitCode == 2 && wrong.standardError.contains("does not know the token"))
            #expect(!wrong.standardError.contains("plim_wrong"))
            let right = try await Self.check(place, "--server", service.url, "--token", token)
            #expect(right.exitCode == 2 && right.standardError.contains("no deploy is known"), "\(right.standardError)")
            _ = try await service.stop()
        }
    }
}
