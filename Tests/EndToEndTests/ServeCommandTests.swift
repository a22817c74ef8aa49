import Curl
import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite struct ServeCommand {
        private static func spans(_ count: Int) -> String {
            let now = UInt64(Date().timeIntervalSince1970 * 1e9)
            let list = (1...count).map { number in
                """
                {"traceId":"\(String(repeating: "0", count: 24))\(String(format: "%08x", number))",\
                "spanId":"\(String(format: "%016x", number))","name":"GET /cart","kind":2,\
                "startTimeUnixNano":"\(now - 5_000_000)","endTimeUnixNano":"\(now)"}
                """
            }
            return """
                {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"cart"}}]},\
                "scopeSpans":[{"spans":[\(list.joined(separator: ","))]}]}]}
                """
        }

        @Test func `the service takes spans, answers on its page, and stores the open minute when it is asked to end`()
            async throws
        {
            let place = try Workplace()
            let service = try await RunningService(in: place)
            let (otlp, web) = (service.otlp, service.web)
            let client = HTTPClient(connections: 2)
            let taken = try await client.send(
                HTTPRequest(
                    method: "POST",
                    url: "http://127.0.0.1:\(otlp)/v1/traces",
                    headers: [HTTPHeader(name: "Content-Type", value: "application/json")],
                    body: Array(Self.spans(20).utf8),
                    timeout: .seconds(10)
                )
            )
            #expect(taken.status == 200)
            let health = try await client.send(
                HTTPRequest(url: "http://127.0.0.1:\(web)/healthz", timeout: .seconds(10))
            )
            #expect(health.status == 200)
            // Before its window is closed.
            let trace = "00000000000000000000000000000001"
            let found = try await client.send(
                HTTPRequest(url: "http://127.0.0.1:\(web)/api/traces/\(trace)", timeout: .seconds(10))
            )
            #expect(found.status == 200)
            #expect(String(decoding: found.body, as: UTF8.self).contains("GET /cart"))

            let marked = try await TestSupport.Command(
                Workplace.plimsoll,
                ["deploy", "--store", place.store, "--service", "cart", "--version", "1.2"]
            ).wait()
            #expect(marked.exitCode == 0)

            let result = try await service.stop()
            #expect(result.exitCode == 0)
            #expect(result.standardError.contains("20 spans received, 1 windows stored"))

            let listed = try await TestSupport.Command(
                Workplace.plimsoll,
                ["deploy", "--list", "--json", "--store", place.store]
            ).wait()
            #expect(listed.standardOutput.contains("\"version\":\"1.2\""))
        }

        @Test func `a file of tokens guards the page and the receivers, each with its scope`() async throws {
            let place = try Workplace()
            let file = "\(place.directory)/tokens"
            var tokens: [String: String] = [:]
            for scope in ["read", "ingest"] {
                let made = try await TestSupport.Command(
                    Workplace.plimsoll,
                    ["token", "create", "--name", scope, "--scope", scope, "--tokens", file]
                ).wait()
                tokens[scope] = made.standardOutput.split(separator: "\n").first.map(String.init)
            }
            let service = try await RunningService(in: place, "--tokens", file)
            let client = HTTPClient(connections: 2)
            func status(_ url: String, _ token: String?, _ body: String = "") async throws -> Int {
                let headers =
                    [HTTPHeader(name: "Content-Type", value: "application/json")]
                    + (token.map { [HTTPHeader(name: "Authorization", value: "Bearer \($0)")] } ?? [])
                return try await client.send(
                    HTTPRequest(
                        method: body.isEmpty ? "GET" : "POST",
                        url: url,
                        headers: headers,
                        body: Array(body.utf8),
                        timeout: .seconds(10)
                    )
                ).status
            }
            let traces = "http://127.0.0.1:\(service.otlp)/v1/traces"
            #expect(try await status(traces, nil, Self.spans(1)) == 401)
            #expect(try await status(traces, "plim_wrong", Self.spans(1)) == 401)
            #expect(try await status(traces, tokens["read"], Self.spans(1)) == 403)
            #expect(try await status(traces, tokens["ingest"], Self.spans(1)) == 200)
            let page = "\(service.url)/api/v1/runs"
            #expect(try await status(page, nil) == 401)
            #expect(try await status(page, tokens["ingest"]) == 403)
            #expect(try await status(page, tokens["read"]) == 200)
            #expect(try await service.stop().exitCode == 0)
        }

        @Test(arguments: [
            (["serve", "--retention", "2w"], "retention"), (["serve", "--store-mib", "1"], "--store-mib"),
            (["serve", "--store", "/no/such/folder/x.db"], "mkdir -p"),
            (["serve", "--tokens", "/no/such/file", "--store", "/tmp/plimsoll-unused.db"], "tokens file"),
            (["deploy", "--service", "cart"], "--version is missing"),
            (["deploy", "--service", "cart", "--version", "1", "--at", "soon"], "soon"),
            (["deploy", "--list", "--version", "1"], "--list takes no"),
        ])
        func `what cannot be used is said, with exit code 2`(arguments: [String], word: String) async throws {
            let result = try await TestSupport.Command(Workplace.plimsoll, arguments).wait(timeout: 30)
            #expect(result.exitCode == 2)
            #expect(result.standardError.contains(word))
        }

        @Test func `another address than loopback is warned about`() async throws {
            let result = try await TestSupport.Command(
                Workplace.plimsoll,
                ["serve", "--host", "0.0.0.0", "--store", "/no/such/folder/x.db", "--http", "0", "--grpc", "0"]
            ).wait(timeout: 30)
            #expect(result.standardError.contains("!!! warning: 0.0.0.0"))
        }
    }
}
